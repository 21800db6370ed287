#include <dnnl.h>

#include <stdexcept>
#include <vector>

#include "gemm_kernel.h"
#include "one_thread.h"

namespace neartile::array {
namespace {

class OneDnnKernel : public RowBlockKernel {
 public:
  OneDnnKernel(const pe::PeType& type, MatrixView<const std::int8_t> weights)
      : config_(type.config), columns_(static_cast<dnnl_dim_t>(weights.columns)) {
    weights_.reserve(weights.rows * weights.columns);
    for (std::size_t k = 0; k < weights.rows; ++k)
      weights_.insert(weights_.end(), weights.row(k), weights.row(k) + weights.columns);
  }

 private:
  void run_block(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums) const override {
    const OneThread one_thread;
    if (multiply(activations, sums) != dnnl_success)
      throw std::runtime_error("gemm: oneDNN refused the product");
    narrow(sums);
  }

  dnnl_status_t multiply(MatrixView<const std::uint8_t> a, MatrixView<std::int32_t> sums) const {
    const auto size = [](std::size_t n) { return static_cast<dnnl_dim_t>(n); };
    const std::int32_t offset = 0;
    if (config_.format == pe::Format::u8s8)
      return dnnl_gemm_u8s8s32('N', 'N', 'F', size(a.rows), columns_, size(a.columns), 1, a.data,
                               size(a.stride), 0, weights_.data(), columns_, 0, 0, sums.data,
                               size(sums.stride), &offset);
    return dnnl_gemm_s8s8s32('N', 'N', 'F', size(a.rows), columns_, size(a.columns), 1,
                             reinterpret_cast<const std::int8_t*>(a.data), size(a.stride), 0, weights_.data(),
                             columns_, 0, 0, sums.data, size(sums.stride), &offset);
  }

  // Sums that wrap at 32 bits, wrapped further: addition modulo 2^32 keeps what it does modulo 2^bits.
  void narrow(MatrixView<std::int32_t> sums) const {
    if (config_.accumulator_bits == 32) return;
    for (std::size_t m = 0; m < sums.rows; ++m)
      for (std::size_t n = 0; n < sums.columns; ++n)
        sums(m, n) = pe::accumulate(sums(m, n), config_.accumulator_bits, pe::Overflow::wrap);
  }

  pe::PeConfig config_;
  dnnl_dim_t columns_;
  std::vector<std::int8_t> weights_;
};

}  // namespace

void multiply_u8s8(MatrixView<const std::uint8_t> activations, const std::int8_t* weights,
                   MatrixView<std::int32_t> sums) {
  const auto size = [](std::size_t n) { return static_cast<dnnl_dim_t>(n); };
  const OneThread one_thread;
  const std::int32_t offset = 0;
  const auto status = dnnl_gemm_u8s8s32(
      'N', 'N', 'F', size(sums.rows), size(sums.columns), size(activations.columns), 1, activations.data,
      size(activations.stride), 0, weights, size(sums.columns), 0, 0, sums.data, size(sums.stride), &offset);
  if (status != dnnl_success) throw std::runtime_error("gemm: oneDNN refused the product");
}

bool one_dnn_is_exact() {
  const auto has = [](dnnl_cpu_isa_t isa) { return (dnnl_get_effective_cpu_isa() & isa) == isa; };
  static const bool exact = has(dnnl_cpu_isa_avx512_core_vnni) || has(dnnl_cpu_isa_avx2_vnni);
  return exact;
}

std::unique_ptr<const Gemm::Kernel> make_one_dnn_kernel(const pe::PeType& type,
                                                        MatrixView<const std::int8_t> weights) {
  return std::make_unique<OneDnnKernel>(type, weights);
}

}  // namespace neartile::array
