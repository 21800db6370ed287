#pragma once

#include <memory>

#include "neartile/array/gemm.h"

namespace neartile::array {

/// One way to compute a layer's product; weights are inside.
class Gemm::Kernel {
 public:
  virtual ~Kernel() = default;
  /// `activations` M x K, `sums` M x N; M, N and K are not zero.
  virtual void run(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
                   const ParallelFor& parallel) const = 0;
};

/// A kernel that takes vectors block by block, so that lent threads have a block each.
class RowBlockKernel : public Gemm::Kernel {
 public:
  void run(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums,
           const ParallelFor& parallel) const final;

 private:
  virtual void run_block(MatrixView<const std::uint8_t> activations, MatrixView<std::int32_t> sums) const = 0;
};

/// Any multiplier, any accumulator, by tables of products.
std::unique_ptr<const Gemm::Kernel> make_table_kernel(const pe::PeType& type, std::size_t rows,
                                                      MatrixView<const std::int8_t> weights);

/// An exact multiplier with an accumulator that wraps, by oneDNN. Ask one_dnn_is_exact() first.
std::unique_ptr<const Gemm::Kernel> make_one_dnn_kernel(const pe::PeType& type,
                                                        MatrixView<const std::int8_t> weights);

/// A multiplier whose table is a sum of at most `most_terms` terms f(a) g(w), each added up by oneDNN or in
/// words, with sums that wrap; null where it is none. Ask one_dnn_is_exact() or word_gemm_is_exact() first.
std::unique_ptr<const Gemm::Kernel> make_factor_kernel(const pe::PeType& type,
                                                       MatrixView<const std::int8_t> weights,
                                                       std::size_t most_terms);

/// sums = activations x weights modulo 2^32, unsigned by signed; `weights` has K rows of N. By oneDNN.
void multiply_u8s8(MatrixView<const std::uint8_t> activations, const std::int8_t* weights,
                   MatrixView<std::int32_t> sums);

/// As multiply_u8s8(), by products of 16-bit words, for processors whose instructions for bytes saturate.
void multiply_by_words(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
                       MatrixView<std::int32_t> sums);
bool word_gemm_is_exact();

/// True where oneDNN's 8-bit products do not saturate on this processor: where it uses VNNI.
bool one_dnn_is_exact();

}  // namespace neartile::array
