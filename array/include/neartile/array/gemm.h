#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "neartile/array/matrix.h"
#include "neartile/array/parallel_for.h"
#include "neartile/pe/pe_type.h"

namespace neartile::array {

/// sums(m, n) = sum over k of f(activations(m, k), weights(k, n)) as an array of `rows` rows forms it:
/// rows add in order from zero within a tile of `rows` values of k, tiles add in K order, every sum in
/// the accumulator's format. Activations M x K and weights K x N are operand patterns. Slow and
/// obvious: the judge of Gemm and of the array kernel.
void reference_gemm(const pe::PeType& type, std::size_t rows, MatrixView<const std::uint8_t> activations,
                    MatrixView<const std::int8_t> weights, MatrixView<std::int32_t> sums);

/// The same product, fast, with the weights of one layer packed once. Const calls may run on several
/// threads at a time; each uses one thread, and those that `parallel` lends.
class Gemm {
 public:
  Gemm(const pe::PeType& type, std::size_t rows, MatrixView<const std::int8_t> weights);
  Gemm(Gemm&&) noexcept;
  Gemm& operator=(Gemm&&) noexcept;
  ~Gemm();

  void operator()(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
                  const ParallelFor& parallel = {}) const;

  class Kernel;

 private:
  std::unique_ptr<const Kernel> kernel_;
};

/// Name of the SIMD target that the kernels run on here ("AVX3_DL", "AVX2", ..).
const char* simd_target();

}  // namespace neartile::array
