#include "neartile/array/gemm.h"

#include <algorithm>
#include <vector>

#include "byte_terms.h"
#include "gemm_kernel.h"
#include "shape_check.h"

namespace neartile::array {
namespace {

// Sum of the products of elements first_k .. end_k - 1: one tile's column.
std::int32_t tile_sum(const pe::PeType& type, const std::uint8_t* activations,
                      MatrixView<const std::int8_t> weights, std::size_t first_k, std::size_t end_k,
                      std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t k = first_k; k < end_k; ++k) {
    const auto weight = static_cast<std::uint8_t>(weights(k, n));
    sum = pe::accumulate(std::int64_t{sum} + type.multiplier.table->product(activations[k], weight),
                         type.config.accumulator_bits, type.config.overflow);
  }
  return sum;
}

}  // namespace

void reference_gemm(const pe::PeType& type, std::size_t rows, MatrixView<const std::uint8_t> activations,
                    MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums) {
  require_shape(rows > 0 && activations.columns == weights.rows && activations.rows == sums.rows &&
                    weights.columns == sums.columns,
                "reference_gemm: shapes do not agree");
  for (std::size_t m = 0; m < sums.rows; ++m)
    for (std::size_t n = 0; n < sums.columns; ++n) {
      std::int32_t total = 0;
      for (std::size_t k = 0; k < weights.rows; k += rows) {
        const std::size_t end = std::min(k + rows, weights.rows);
        total = pe::accumulate(std::int64_t{total} + tile_sum(type, activations.row(m), weights, k, end, n),
                               type.config.accumulator_bits, type.config.overflow);
      }
      sums(m, n) = total;
    }
}

namespace {

// A layer without elements to add: every sum is 0.
class EmptyKernel : public Gemm::Kernel {
 public:
  void run(MatrixView<const std::uint8_t>, MatrixView<std::int32_t> sums, const ParallelFor&) const override {
    for (std::size_t m = 0; m < sums.rows; ++m) std::fill_n(sums.row(m), sums.columns, 0);
  }
};

// Sums that can saturate at 32 bits: more than 65,535 products of 16 bits each.
class LongKernel : public RowBlockKernel {
 public:
  LongKernel(const pe::PeType& type, std::size_t rows, MatrixView<const std::int8_t> weights)
      : type_(type), rows_(rows), k_(weights.rows), n_(weights.columns) {
    for (std::size_t k = 0; k < k_; ++k) weights_.insert(weights_.end(), weights.row(k), weights.row(k) + n_);
  }

 private:
  void run_block(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums) const override {
    reference_gemm(type_, rows_, activations, {weights_.data(), k_, n_}, sums);
  }

  pe::PeType type_;
  std::size_t rows_, k_, n_;
  std::vector<std::int8_t> weights_;
};

// Remembers the layer's shape for the check of each call.
class CheckedKernel : public Gemm::Kernel {
 public:
  CheckedKernel(std::size_t k, std::size_t n, std::unique_ptr<const Kernel> kernel)
      : k_(k), n_(n), kernel_(std::move(kernel)) {}
  void run(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
           const ParallelFor& parallel) const override {
    require_shape(activations.columns == k_ && sums.columns == n_ && activations.rows == sums.rows,
                  "gemm: shapes do not agree");
    if (sums.rows > 0 && n_ > 0) kernel_->run(activations, sums, parallel);
  }

 private:
  std::size_t k_, n_;
  std::unique_ptr<const Kernel> kernel_;
};

// Sums that wrap, or whose 16-bit products cannot reach the bounds: in any order they come out alike.
bool adds_modulo(const pe::PeConfig& config, std::size_t k) {
  return config.overflow == pe::Overflow::wrap || k < std::size_t{1} << (config.accumulator_bits - 16);
}

std::unique_ptr<const Gemm::Kernel> choose_kernel(const pe::PeType& type, std::size_t rows,
                                                  MatrixView<const std::int8_t> weights) {
  if (weights.rows == 0 || weights.columns == 0) return std::make_unique<EmptyKernel>();
  if (adds_modulo(type.config, weights.rows)) {
    if (type.multiplier.exact && one_dnn_is_exact()) return make_one_dnn_kernel(type, weights);
    // Without VNNI a term takes longer, and tables of products win against fewer of them.
    const std::size_t most_terms = one_dnn_is_exact() ? most_byte_terms : word_gemm_is_exact() ? 4 : 0;
    if (auto kernel = make_factor_kernel(type, weights, most_terms)) return kernel;
  }
  if (type.config.overflow == pe::Overflow::saturate && type.config.accumulator_bits == 32 &&
      weights.rows >= 65536)
    return std::make_unique<LongKernel>(type, rows, weights);
  return make_table_kernel(type, rows, weights);
}

}  // namespace

Gemm::Gemm(const pe::PeType& type, std::size_t rows, MatrixView<const std::int8_t> weights) {
  require_shape(rows > 0, "gemm: an array has at least one row");
  kernel_ =
      std::make_unique<CheckedKernel>(weights.rows, weights.columns, choose_kernel(type, rows, weights));
}
Gemm::Gemm(Gemm&&) noexcept = default;
Gemm& Gemm::operator=(Gemm&&) noexcept = default;
Gemm::~Gemm() = default;

void Gemm::operator()(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
                      const ParallelFor& parallel) const {
  kernel_->run(activations, sums, parallel);
}

void RowBlockKernel::run(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
                         const ParallelFor& parallel) const {
  constexpr std::size_t block = 256;  // vectors: fewer would pack weights too often
  const std::size_t blocks = (sums.rows + block - 1) / block;
  if (!parallel || blocks < 2) return run_block(activations, sums);
  parallel(blocks, [&](std::size_t, std::size_t i) {
    const std::size_t first = i * block, rows = std::min(block, sums.rows - first);
    run_block(activations.block(first, 0, rows, activations.columns),
              sums.block(first, 0, rows, sums.columns));
  });
}

}  // namespace neartile::array
