#include <algorithm>
#include <vector>

#include "vector_unit/operations.h"
#include "vector_unit/rounding.h"

namespace neartile::array {
namespace {

/// Calls visit(first channel of the pixel) for the pixels of the window at (oy, ox) that are not
/// padding, and returns how many there were.
template <class Visit>
std::size_t for_each_pixel(const Window& window, const ConstTensorView& input, std::size_t oy, std::size_t ox,
                           const Visit& visit) {
  std::size_t visited = 0;
  for (std::size_t ky = 0; ky < window.kernel_height; ++ky) {
    const std::size_t y = oy * window.stride_height + ky * window.dilation_height;
    if (y < window.pad_top || y - window.pad_top >= input.shape.height) continue;
    for (std::size_t kx = 0; kx < window.kernel_width; ++kx) {
      const std::size_t x = ox * window.stride_width + kx * window.dilation_width;
      if (x < window.pad_left || x - window.pad_left >= input.shape.width) continue;
      const std::size_t pixel = (y - window.pad_top) * input.shape.width + x - window.pad_left;
      visit(input.data + pixel * input.shape.channels);
      ++visited;
    }
  }
  return visited;
}

/// `Integer` reads the patterns as the encoding does, so that the largest integer wins.
template <class Integer>
void max_pool_as(const Window& window, const ConstTensorView& input, const TensorView& output) {
  const std::size_t channels = input.shape.channels;
  auto* out = reinterpret_cast<Integer*>(output.data);
  for (std::size_t oy = 0; oy < output.shape.height; ++oy) {
    for (std::size_t ox = 0; ox < output.shape.width; ++ox, out += channels) {
      std::fill_n(out, channels, static_cast<Integer>(input.encoding.minimum()));
      for_each_pixel(window, input, oy, ox, [&](const std::uint8_t* pixel) {
        const auto* in = reinterpret_cast<const Integer*>(pixel);
        for (std::size_t c = 0; c < channels; ++c) out[c] = std::max(out[c], in[c]);
      });
    }
  }
}

/// Sums of integers less zero points, exact whatever their order; the mean is then sum x scale / count.
class Means {
 public:
  Means(const VectorOp& op, const ConstTensorView& input, const TensorView& output)
      : input_(input.encoding),
        scale_(output.encoding.scale),
        rounder_(output.encoding, integer_range(output.encoding, op.clamp)),
        sums_(input.shape.channels) {}

  void reset() { std::fill(sums_.begin(), sums_.end(), 0); }
  void add(const std::uint8_t* pixel) {
    for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += input_.integer(pixel[c]) - input_.zero_point;
  }
  void write(std::size_t count, std::uint8_t* out) const {
    const double divisor = static_cast<double>(std::max<std::size_t>(count, 1));
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      const double mean = static_cast<double>(sums_[c]) * input_.scale / divisor;
      out[c] = rounder_.pattern(mean / scale_);
    }
  }

 private:
  Encoding input_;
  double scale_;
  Rounder rounder_;
  std::vector<std::int64_t> sums_;
};

}  // namespace

void max_pool(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  if (input.encoding.is_signed) {
    max_pool_as<std::int8_t>(op.window, input, output);
  } else {
    max_pool_as<std::uint8_t>(op.window, input, output);
  }
}

void average_pool(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  Means means(op, input, output);
  std::uint8_t* out = output.data;
  for (std::size_t oy = 0; oy < output.shape.height; ++oy) {
    for (std::size_t ox = 0; ox < output.shape.width; ++ox, out += output.shape.channels) {
      means.reset();
      const std::size_t valid =
          for_each_pixel(op.window, input, oy, ox, [&](const std::uint8_t* pixel) { means.add(pixel); });
      means.write(op.count_padding ? op.window.kernel_height * op.window.kernel_width : valid, out);
    }
  }
}

void global_average_pool(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  Means means(op, input, output);
  for (std::size_t pixel = 0; pixel < input.shape.pixels(); ++pixel) {
    means.add(input.data + pixel * input.shape.channels);
  }
  means.write(input.shape.pixels(), output.data);
}

}  // namespace neartile::array
