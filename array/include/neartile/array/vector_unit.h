#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "neartile/array/im2col.h"
#include "neartile/array/matrix.h"
#include "neartile/array/tensor.h"

namespace neartile::array {

/// Real values that a fused activation lets through: ReLU is {0, inf}, ReLU6 {0, 6}.
struct Clamp {
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  friend bool operator==(const Clamp&, const Clamp&) = default;
};

/// The integers that an output encoding and a fused activation leave: clamp(.., low, high), each bound
/// rounded as encode() rounds it. A ReLU6 leaves `high` alone where the range was calibrated after it.
struct IntegerRange {
  int low = 0;
  int high = 255;
};
IntegerRange integer_range(const Encoding& encoding, const Clamp& clamp);

/// clamp(rint(real / scale) + zero_point), ties to even, as a pattern.
std::uint8_t encode(double real, const Encoding& encoding, const IntegerRange& range);

/// Reference requantiser of a matrix layer: out(m, n) = clamp(rint((sums(m, n) + bias[n]) *
/// multiplier[n]) + zero_point) in double, ties to even. `bias` holds the integer bias less the
/// zero point's share, z_x times the sum of the channel's weights.
void requantise(MatrixView<const std::int32_t> sums, std::span<const std::int32_t> bias,
                std::span<const double> multiplier, const Encoding& encoding, const Clamp& clamp,
                MatrixView<std::uint8_t> out);

/// Sums of a depthwise convolution (shape.is_depthwise()) with exact products and 32 bits that wrap: output
/// rows `rows`, pixel by pixel into sums, which has rows.count x output width rows of channels. `input` is
/// the whole HWC tensor, of which only input_rows() are read; `weights` are [tap][channel]. Padding reads
/// `zero_point_pattern`; patterns are signed or not.
void depthwise(const ConvolutionShape& shape, const std::uint8_t* input, std::uint8_t zero_point_pattern,
               bool is_signed, RowRange rows, std::span<const std::int8_t> weights,
               MatrixView<std::int32_t> sums);

enum class VectorKind : std::uint8_t {
  add,
  max_pool,
  average_pool,
  global_average_pool,
  concat,
  slice,
  pad,
  clip,
  flatten,
  softmax
};

/// An operation of the vector unit on whole tensors of one image.
struct VectorOp {
  VectorKind kind = VectorKind::add;
  Window window;                                   ///< of max_pool and average_pool
  bool count_padding = false;                      ///< average_pool: divide by the full window
  std::array<std::size_t, 3> start{0, 0, 0};       ///< slice: first index along C, H, W
  std::array<std::size_t, 3> step{1, 1, 1};        ///< slice: step along C, H, W
  std::array<std::size_t, 3> pad_before{0, 0, 0};  ///< pad: zeros in front along C, H, W
  Clamp clamp;                                     ///< fused activation
};

/// True where the output must have the input's encoding: max_pool, slice, pad, flatten.
bool keeps_encoding(VectorKind kind);

/// True where inputs of these shapes make an output of shape `output`; sizes may be any but window strides
/// of 0. Data are not looked at.
bool makes(const VectorOp& op, std::span<const ConstTensorView> inputs, const TensorShape& output);

/// Computes one operation: add (two inputs), concat along channels (any number), one input otherwise.
/// Real values are de-quantised in double, then re-quantised; max_pool, slice, pad (which inserts the
/// zero point) and flatten (HWC to CHW order, giving shape {elements, 1, 1}) move patterns.
void apply(const VectorOp& op, std::span<const ConstTensorView> inputs, const TensorView& output);

}  // namespace neartile::array
