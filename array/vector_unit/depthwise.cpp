#include <algorithm>
#include <cassert>
#include <vector>

#include "neartile/array/vector_unit.h"

namespace neartile::array {
namespace {

/// Adds one tap's products to the sums of a pixel; unsigned, so that sums wrap.
template <class Activation>
void add_tap(const std::uint8_t* pixel, const std::int8_t* weights, std::size_t channels,
             std::uint32_t* sums) {
  for (std::size_t c = 0; c < channels; ++c)
    sums[c] += static_cast<std::uint32_t>(static_cast<Activation>(pixel[c]) * weights[c]);
}

}  // namespace

void depthwise(const ConvolutionShape& shape, const std::uint8_t* input, std::uint8_t zero_point_pattern,
               bool is_signed, RowRange rows, std::span<const std::int8_t> weights,
               MatrixView<std::int32_t> sums) {
  const std::size_t channels = shape.input.channels, width = shape.output().width;
  assert(shape.is_depthwise() && weights.size() == shape.k() * channels);
  assert(sums.rows == rows.count * width && sums.columns == channels);
  const Window& window = shape.window;
  const std::vector<std::uint8_t> padding(channels, zero_point_pattern);
  const auto add = is_signed ? add_tap<std::int8_t> : add_tap<std::uint8_t>;
  for (std::size_t m = 0; m < sums.rows; ++m) {
    auto* sum = reinterpret_cast<std::uint32_t*>(sums.row(m));
    std::fill_n(sum, channels, 0U);
    for (std::size_t tap = 0; tap < shape.k(); ++tap) {
      // Left of or above the input it wraps to what is far outside.
      const std::size_t y = (rows.first + m / width) * window.stride_height +
                            tap / window.kernel_width * window.dilation_height - window.pad_top;
      const std::size_t x = m % width * window.stride_width +
                            tap % window.kernel_width * window.dilation_width - window.pad_left;
      const bool inside = y < shape.input.height && x < shape.input.width;
      const std::uint8_t* pixel = inside ? input + (y * shape.input.width + x) * channels : padding.data();
      add(pixel, weights.data() + tap * channels, channels, sum);
    }
  }
}

}  // namespace neartile::array
