#include <algorithm>

#include "float/plan.h"
#include "neartile/array/float_gemm.h"

namespace neartile::workloads {
namespace {

using array::ConvolutionShape;
using array::MatrixView;

/// Calls visit(kernel row, kernel column, input pixel) for each place of the window over output pixel
/// `m` that lies inside the input.
template <class Visit>
void for_each_tap(const ConvolutionShape& shape, std::size_t m, Visit visit) {
  const auto& w = shape.window;
  const std::size_t out_width = w.out_width(shape.input.width);
  const std::size_t top = m / out_width * w.stride_height;
  const std::size_t left = m % out_width * w.stride_width;
  for (std::size_t r = 0; r < w.kernel_height; ++r) {
    const std::size_t y = top + r * w.dilation_height;
    if (y < w.pad_top || y - w.pad_top >= shape.input.height) continue;
    for (std::size_t c = 0; c < w.kernel_width; ++c) {
      const std::size_t x = left + c * w.dilation_width;
      if (x < w.pad_left || x - w.pad_left >= shape.input.width) continue;
      visit(r, c, (y - w.pad_top) * shape.input.width + x - w.pad_left);
    }
  }
}

bool is_pointwise(const ConvolutionShape& shape) {
  const auto& w = shape.window;
  return w.kernel_height == 1 && w.kernel_width == 1 && w.stride_height == 1 && w.stride_width == 1 &&
         w.pad_top == 0 && w.pad_left == 0 && w.pad_bottom == 0 && w.pad_right == 0;
}

/// Activation vectors first .. first + rows - 1 of a group; padding reads 0.
void unfold(const ConvolutionShape& shape, std::span<const float> input, std::size_t group, std::size_t first,
            MatrixView<float> vectors) {
  const std::size_t channels = shape.group_channels();
  for (std::size_t i = 0; i < vectors.rows; ++i) {
    float* row = vectors.row(i);
    std::fill_n(row, vectors.columns, 0.0F);
    for_each_tap(shape, first + i, [&](std::size_t r, std::size_t c, std::size_t pixel) {
      const float* from = input.data() + pixel * shape.input.channels + group * channels;
      std::copy_n(from, channels, row + (r * shape.window.kernel_width + c) * channels);
    });
  }
}

void multiply_group(const ConvolutionShape& shape, std::span<const float> packed,
                    std::span<const float> input, std::size_t group, std::vector<float>& output) {
  const std::size_t m = shape.m(), n = shape.n(), k = shape.k();
  const MatrixView<const float> weights(packed.data() + group * k * n, k, n);
  const MatrixView<float> sums(output.data() + group * n, m, n, shape.out_channels);
  if (is_pointwise(shape)) {
    const float* first = input.data() + group * k;
    array::float_gemm(MatrixView<const float>(first, m, k, shape.input.channels), weights, sums);
    return;
  }
  constexpr std::size_t unfolded_at_a_time = 1 << 17;  // floats: they stay in the cache
  const std::size_t rows = std::clamp<std::size_t>(unfolded_at_a_time / k, 1, m);
  std::vector<float> vectors(rows * k);
  for (std::size_t first = 0; first < m; first += rows) {
    const MatrixView<float> view(vectors.data(), std::min(rows, m - first), k);
    unfold(shape, input, group, first, view);
    array::float_gemm(view, weights, sums.block(first, 0, view.rows, n));
  }
}

/// One input and one output channel a group: too thin for a matrix product, so all channels at a time.
void depthwise(const ConvolutionShape& shape, std::span<const float> taps, std::span<const float> input,
               std::vector<float>& output) {
  const std::size_t channels = shape.out_channels;
  for (std::size_t m = 0; m < shape.m(); ++m) {
    float* sums = output.data() + m * channels;
    for_each_tap(shape, m, [&](std::size_t r, std::size_t c, std::size_t pixel) {
      const float* from = input.data() + pixel * channels;
      const float* weights = taps.data() + (r * shape.window.kernel_width + c) * channels;
      for (std::size_t i = 0; i < channels; ++i) sums[i] += from[i] * weights[i];
    });
  }
}

bool is_depthwise(const ConvolutionShape& shape) {
  return shape.groups > 1 && shape.groups == shape.input.channels && shape.n() == 1;
}

void finish(const MatrixLayer& layer, std::vector<float>& output) {
  const auto low = static_cast<float>(layer.clamp.minimum);
  const auto high = static_cast<float>(layer.clamp.maximum);
  const std::size_t channels = layer.bias.size();
  for (std::size_t at = 0; at < output.size(); at += channels) {
    for (std::size_t c = 0; c < channels; ++c) {
      output[at + c] = std::clamp(output[at + c] + layer.bias[c], low, high);
    }
  }
}

}  // namespace

std::vector<float> pack_weights(const MatrixLayer& layer) {
  const ConvolutionShape& shape = layer.shape;
  const std::size_t n = shape.n(), k = shape.k(), channels = shape.group_channels();
  const std::size_t taps = shape.window.kernel_height * shape.window.kernel_width;
  // A depthwise layer is laid out tap by tap, its channels side by side.
  const bool thin = is_depthwise(shape);
  std::vector<float> packed(layer.weights.size());
  for (std::size_t o = 0; o < shape.out_channels; ++o) {
    for (std::size_t c = 0; c < channels; ++c) {
      for (std::size_t tap = 0; tap < taps; ++tap) {
        const std::size_t to =
            thin ? tap * shape.out_channels + o : (o / n * k + tap * channels + c) * n + o % n;
        packed[to] = layer.weights[(o * channels + c) * taps + tap];
      }
    }
  }
  return packed;
}

std::vector<float> float_convolution(const MatrixLayer& layer, std::span<const float> packed,
                                     std::span<const float> input) {
  const ConvolutionShape& shape = layer.shape;
  std::vector<float> output(shape.output().elements());
  if (is_depthwise(shape)) {
    depthwise(shape, packed, input, output);
  } else {
    for (std::size_t group = 0; group < shape.groups; ++group) {
      multiply_group(shape, packed, input, group, output);
    }
  }
  finish(layer, output);
  return output;
}

}  // namespace neartile::workloads
