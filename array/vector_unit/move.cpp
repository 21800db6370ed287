#include <algorithm>

#include "vector_unit/operations.h"

namespace neartile::array {

void slice(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  std::uint8_t* out = output.data;
  for (std::size_t y = 0; y < output.shape.height; ++y) {
    const std::size_t in_y = op.start[1] + y * op.step[1];
    for (std::size_t x = 0; x < output.shape.width; ++x, out += output.shape.channels) {
      const std::size_t in_x = op.start[2] + x * op.step[2];
      const std::uint8_t* in =
          input.data + (in_y * input.shape.width + in_x) * input.shape.channels + op.start[0];
      for (std::size_t c = 0; c < output.shape.channels; ++c) out[c] = in[c * op.step[0]];
    }
  }
}

void pad(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  std::fill_n(output.data, output.shape.elements(), static_cast<std::uint8_t>(output.encoding.zero_point));
  for (std::size_t y = 0; y < input.shape.height; ++y) {
    for (std::size_t x = 0; x < input.shape.width; ++x) {
      const std::size_t pixel = (y + op.pad_before[1]) * output.shape.width + x + op.pad_before[2];
      std::copy_n(input.data + (y * input.shape.width + x) * input.shape.channels, input.shape.channels,
                  output.data + pixel * output.shape.channels + op.pad_before[0]);
    }
  }
}

void flatten(const ConstTensorView& input, const TensorView& output) {
  const std::size_t pixels = input.shape.pixels();
  const std::size_t channels = input.shape.channels;
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t p = 0; p < pixels; ++p) output.data[c * pixels + p] = input.data[p * channels + c];
  }
}

}  // namespace neartile::array
