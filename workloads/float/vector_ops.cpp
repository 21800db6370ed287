#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "float/plan.h"

namespace neartile::workloads {
namespace {

using array::TensorShape;
using array::VectorKind;
using Values = std::vector<float>;

Values add(const FloatTensor& a, const FloatTensor& b) {
  Values sums(a.values.begin(), a.values.end());
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += b.values[i];
  return sums;
}

/// Calls visit(pixel) for each input pixel under the window over output pixel (y, x).
template <class Visit>
void for_each_pixel(const array::Window& w, const TensorShape& input, std::size_t y, std::size_t x,
                    Visit visit) {
  for (std::size_t r = 0; r < w.kernel_height; ++r) {
    const std::size_t row = y * w.stride_height + r * w.dilation_height;
    if (row < w.pad_top || row - w.pad_top >= input.height) continue;
    for (std::size_t c = 0; c < w.kernel_width; ++c) {
      const std::size_t column = x * w.stride_width + c * w.dilation_width;
      if (column < w.pad_left || column - w.pad_left >= input.width) continue;
      visit((row - w.pad_top) * input.width + column - w.pad_left);
    }
  }
}

Values max_pool(const VectorLayer& op, const FloatTensor& input, const TensorShape& output) {
  const std::size_t channels = output.channels;
  Values result(output.elements(), -std::numeric_limits<float>::infinity());
  for (std::size_t m = 0; m < output.pixels(); ++m) {
    float* to = result.data() + m * channels;
    for_each_pixel(op.window, input.shape, m / output.width, m % output.width, [&](std::size_t pixel) {
      const float* from = input.values.data() + pixel * channels;
      for (std::size_t c = 0; c < channels; ++c) to[c] = std::max(to[c], from[c]);
    });
  }
  return result;
}

/// Sums in double, as the calibrated range should not depend on their order.
Values average_pool(const VectorLayer& op, const array::Window& window, const FloatTensor& input,
                    const TensorShape& output) {
  const std::size_t channels = output.channels;
  Values result;
  result.reserve(output.elements());
  std::vector<double> sums(channels);
  for (std::size_t m = 0; m < output.pixels(); ++m) {
    std::fill(sums.begin(), sums.end(), 0.0);
    std::size_t pixels = 0;
    for_each_pixel(window, input.shape, m / output.width, m % output.width, [&](std::size_t pixel) {
      const float* from = input.values.data() + pixel * channels;
      for (std::size_t c = 0; c < channels; ++c) sums[c] += from[c];
      ++pixels;
    });
    if (op.count_padding) pixels = window.kernel_height * window.kernel_width;
    for (const double sum : sums) result.push_back(static_cast<float>(sum / static_cast<double>(pixels)));
  }
  return result;
}

Values global_average_pool(const VectorLayer& op, const FloatTensor& input, const TensorShape& output) {
  array::Window window;
  window.kernel_height = input.shape.height;
  window.kernel_width = input.shape.width;
  return average_pool(op, window, input, output);
}

Values concat(std::span<const FloatTensor> inputs, const TensorShape& output) {
  Values result;
  result.reserve(output.elements());
  for (std::size_t p = 0; p < output.pixels(); ++p) {
    for (const FloatTensor& input : inputs) {
      const float* from = input.values.data() + p * input.shape.channels;
      result.insert(result.end(), from, from + input.shape.channels);
    }
  }
  return result;
}

float at(const FloatTensor& tensor, std::size_t c, std::size_t y, std::size_t x) {
  return tensor.values[(y * tensor.shape.width + x) * tensor.shape.channels + c];
}

Values slice(const VectorLayer& op, const FloatTensor& input, const TensorShape& output) {
  Values result;
  result.reserve(output.elements());
  for (std::size_t y = 0; y < output.height; ++y) {
    for (std::size_t x = 0; x < output.width; ++x) {
      for (std::size_t c = 0; c < output.channels; ++c) {
        result.push_back(at(input, op.start[0] + c * op.step[0], op.start[1] + y * op.step[1],
                            op.start[2] + x * op.step[2]));
      }
    }
  }
  return result;
}

Values pad(const VectorLayer& op, const FloatTensor& input, const TensorShape& output) {
  Values result(output.elements(), 0);
  for (std::size_t y = 0; y < input.shape.height; ++y) {
    for (std::size_t x = 0; x < input.shape.width; ++x) {
      const std::size_t pixel = (y + op.pad_before[1]) * output.width + x + op.pad_before[2];
      const float* from = input.values.data() + (y * input.shape.width + x) * input.shape.channels;
      std::copy_n(from, input.shape.channels, result.data() + pixel * output.channels + op.pad_before[0]);
    }
  }
  return result;
}

/// Over the channels of each pixel.
Values softmax(const FloatTensor& input) {
  Values result(input.values.begin(), input.values.end());
  const std::size_t channels = input.shape.channels;
  for (auto first = result.begin(); first != result.end(); first += static_cast<std::ptrdiff_t>(channels)) {
    const auto last = first + static_cast<std::ptrdiff_t>(channels);
    const float largest = *std::max_element(first, last);
    double sum = 0;
    for (auto value = first; value != last; ++value) {
      *value = std::exp(*value - largest);
      sum += *value;
    }
    for (auto value = first; value != last; ++value) *value = static_cast<float>(*value / sum);
  }
  return result;
}

Values compute(const VectorLayer& op, std::span<const FloatTensor> inputs, const TensorShape& output) {
  const FloatTensor& input = inputs[0];
  switch (op.kind) {
    case VectorKind::add:
      return add(input, inputs[1]);
    case VectorKind::max_pool:
      return max_pool(op, input, output);
    case VectorKind::average_pool:
      return average_pool(op, op.window, input, output);
    case VectorKind::global_average_pool:
      return global_average_pool(op, input, output);
    case VectorKind::concat:
      return concat(inputs, output);
    case VectorKind::slice:
      return slice(op, input, output);
    case VectorKind::pad:
      return pad(op, input, output);
    case VectorKind::clip:
      return {input.values.begin(), input.values.end()};
    case VectorKind::flatten:
      return to_chw(input);
    case VectorKind::softmax:
      return softmax(input);
  }
  assert(false);
  return {};
}

}  // namespace

std::vector<float> to_chw(const FloatTensor& tensor) {
  Values result(tensor.values.size());
  const std::size_t channels = tensor.shape.channels;
  const std::size_t pixels = tensor.shape.pixels();
  for (std::size_t p = 0; p < pixels; ++p) {
    for (std::size_t c = 0; c < channels; ++c) result[c * pixels + p] = tensor.values[p * channels + c];
  }
  return result;
}

std::vector<float> float_vector_op(const VectorLayer& op, std::span<const FloatTensor> inputs,
                                   const TensorShape& output) {
  Values result = compute(op, inputs, output);
  if (op.clamp == array::Clamp{}) return result;
  const auto low = static_cast<float>(op.clamp.minimum);
  const auto high = static_cast<float>(op.clamp.maximum);
  for (float& value : result) value = std::clamp(value, low, high);
  return result;
}

}  // namespace neartile::workloads
