#include <algorithm>
#include <vector>

#include "add_products.h"
#include "gemm_kernel.h"

namespace neartile::array {
namespace {

constexpr std::size_t block_k = 8;     // values of k whose product rows are in the cache together
constexpr std::size_t chunk_m = 8192;  // vectors whose sums are in work together

struct Scratch {
  std::vector<std::int16_t> rows;
  std::vector<std::int32_t> sums, totals;
};

// Vectors go chunk by chunk. Of a chunk, the sums of 16 columns lie side by side (a group), group after
// group. Product rows are made for block_k values of k and one group at a time, then all vectors add
// theirs. Sums that can saturate start again with each tile; sums that wrap need no tiles.
class TableKernel : public Gemm::Kernel {
 public:
  TableKernel(const pe::PeType& type, std::size_t rows, MatrixView<const std::int8_t> weights)
      : config_(type.config),
        table_(type.multiplier.table),
        k_(weights.rows),
        n_(weights.columns),
        tile_rows_(rows) {
    for (std::size_t k = 0; k < k_; ++k) weights_.insert(weights_.end(), weights.row(k), weights.row(k) + n_);
    // Sums of K products of 16 bits reach K 2^15 at most.
    const std::int64_t limit = std::int64_t{1} << (config_.accumulator_bits - 1);
    if (config_.overflow == pe::Overflow::saturate && static_cast<std::int64_t>(k_) * 32768 >= limit)
      bounds_ = {true, static_cast<std::int32_t>(-limit), static_cast<std::int32_t>(limit - 1)};
  }

  void run(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums) const override {
    thread_local Scratch scratch;
    for (std::size_t m = 0; m < sums.rows; m += chunk_m) {
      const std::size_t vectors = std::min(chunk_m, sums.rows - m);
      run_chunk(activations.block(m, 0, vectors, k_), sums.block(m, 0, vectors, n_), scratch);
    }
  }

 private:
  std::size_t groups() const { return (n_ + group_columns - 1) / group_columns; }

  void run_chunk(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
                 Scratch& scratch) const {
    const std::size_t size = groups() * activations.rows * group_columns;
    scratch.rows.resize(block_k * 256 * group_columns);
    scratch.totals.assign(size, 0);
    if (bounds_.saturates) {
      for (std::size_t k = 0; k < k_; k += tile_rows_) {
        scratch.sums.assign(size, 0);
        add_tile(activations, k, std::min(k + tile_rows_, k_), scratch.rows, scratch.sums);
        add_sums(scratch.sums.data(), size, bounds_, scratch.totals.data());
      }
    } else {
      add_tile(activations, 0, k_, scratch.rows, scratch.totals);
    }
    store(scratch.totals, sums);
  }

  void add_tile(MatrixView<const std::uint8_t> activations, std::size_t first_k, std::size_t end_k,
                std::vector<std::int16_t>& rows, std::vector<std::int32_t>& sums) const {
    for (std::size_t k = first_k; k < end_k; k += block_k) {
      const auto block = activations.block(0, k, activations.rows, std::min(block_k, end_k - k));
      PatternSet patterns[block_k];
      for (std::size_t m = 0; m < block.rows; ++m)
        for (std::size_t i = 0; i < block.columns; ++i) patterns[i].add(block(m, i));
      for (std::size_t g = 0; g < groups(); ++g) {
        const std::size_t n = g * group_columns;
        for (std::size_t i = 0; i < block.columns; ++i)
          build_product_rows(*table_, patterns[i], &weights_[(k + i) * n_ + n],
                             std::min(group_columns, n_ - n), &rows[i * 256 * group_columns]);
        add_products(block, rows.data(), bounds_, &sums[g * block.rows * group_columns]);
      }
    }
  }

  void store(const std::vector<std::int32_t>& totals, MatrixView<std::int32_t> sums) const {
    for (std::size_t n = 0; n < n_; n += group_columns) {
      const std::size_t columns = std::min(group_columns, n_ - n);
      const std::int32_t* from = &totals[n * sums.rows];
      for (std::size_t m = 0; m < sums.rows; ++m, from += group_columns)
        for (std::size_t j = 0; j < columns; ++j)
          sums(m, n + j) = pe::accumulate(from[j], config_.accumulator_bits, pe::Overflow::wrap);
    }
  }

  pe::PeConfig config_;
  std::shared_ptr<const pe::TruthTable> table_;
  std::size_t k_, n_, tile_rows_;
  std::vector<std::int8_t> weights_;
  Bounds bounds_;
};

}  // namespace

std::unique_ptr<const Gemm::Kernel> make_table_kernel(const pe::PeType& type, std::size_t rows,
                                                      MatrixView<const std::int8_t> weights) {
  return std::make_unique<TableKernel>(type, rows, weights);
}

}  // namespace neartile::array
