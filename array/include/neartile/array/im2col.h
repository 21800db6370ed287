#pragma once

#include <cstddef>
#include <cstdint>

#include "neartile/array/matrix.h"
#include "neartile/array/tensor.h"

namespace neartile::array {

/// The GEMM that a convolution is, for each of its groups: M = output pixels in row-major order,
/// N = output channels of the group, K = kernel_height x kernel_width x channels of the group, in
/// that order (channels innermost: the K order of docs/reference/array.md).
struct ConvolutionShape {
  TensorShape input;
  Window window;
  std::size_t groups = 1;
  std::size_t out_channels = 0;

  TensorShape output() const {
    return {out_channels, window.out_height(input.height), window.out_width(input.width)};
  }
  std::size_t group_channels() const { return input.channels / groups; }
  std::size_t m() const { return output().pixels(); }
  std::size_t n() const { return out_channels / groups; }
  std::size_t k() const { return window.kernel_height * window.kernel_width * group_channels(); }
  std::uint64_t macs() const { return std::uint64_t{m()} * n() * k() * groups; }
  /// One input channel, one output channel a group.
  bool is_depthwise() const { return groups == input.channels && out_channels == groups; }
};

/// Neighbouring rows of a tensor.
struct RowRange {
  std::size_t first = 0, count = 0;
};

/// The input rows that a window reads for output rows `rows` (at least one), padding left out.
RowRange input_rows(const Window& window, std::size_t input_height, RowRange rows);

/// Writes activation vectors first_m .. first_m + rows - 1, elements first_k .. first_k + columns - 1,
/// of one group. `input` is the whole HWC tensor; padded pixels read `zero_point_pattern`.
void im2col(const ConvolutionShape& shape, const std::uint8_t* input, std::size_t group, std::size_t first_m,
            std::size_t first_k, std::uint8_t zero_point_pattern, MatrixView<std::uint8_t> vectors);

}  // namespace neartile::array
