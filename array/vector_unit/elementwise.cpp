#include <algorithm>
#include <cmath>
#include <vector>

#include "vector_unit/operations.h"
#include "vector_unit/rounding.h"

namespace neartile::array {

std::array<double, 256> reals(const Encoding& encoding) {
  std::array<double, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = encoding.real(static_cast<std::uint8_t>(i));
  return values;
}

std::array<std::uint8_t, 256> recoding(const Encoding& from, const Encoding& to, const Clamp& clamp) {
  const Rounder rounder(to, integer_range(to, clamp));
  const std::array<double, 256> values = reals(from);
  std::array<std::uint8_t, 256> patterns{};
  std::transform(values.begin(), values.end(), patterns.begin(),
                 [&](double value) { return rounder.pattern(value / to.scale); });
  return patterns;
}

// Tables of reals rather than products in the loop: no compiler can fuse multiply and add into one
// rounding then, and the sum is the same double everywhere.
void add(const VectorOp& op, const ConstTensorView& a, const ConstTensorView& b, const TensorView& output) {
  const Rounder rounder(output.encoding, integer_range(output.encoding, op.clamp));
  const std::array<double, 256> real_a = reals(a.encoding);
  const std::array<double, 256> real_b = reals(b.encoding);
  const double scale = output.encoding.scale;
  constexpr std::size_t chunk = 256;
  std::array<double, chunk> sums{};
  const std::size_t elements = output.shape.elements();
  for (std::size_t first = 0; first < elements; first += chunk) {
    const std::size_t count = std::min(chunk, elements - first);
    for (std::size_t i = 0; i < count; ++i) sums[i] = real_a[a.data[first + i]] + real_b[b.data[first + i]];
    for (std::size_t i = 0; i < count; ++i) output.data[first + i] = rounder.pattern(sums[i] / scale);
  }
}

void concat(const VectorOp& op, std::span<const ConstTensorView> inputs, const TensorView& output) {
  std::size_t first_channel = 0;
  for (const ConstTensorView& input : inputs) {
    const std::array<std::uint8_t, 256> recode = recoding(input.encoding, output.encoding, op.clamp);
    const std::size_t channels = input.shape.channels;
    for (std::size_t pixel = 0; pixel < output.shape.pixels(); ++pixel) {
      const std::uint8_t* in = input.data + pixel * channels;
      std::uint8_t* out = output.data + pixel * output.shape.channels + first_channel;
      for (std::size_t c = 0; c < channels; ++c) out[c] = recode[in[c]];
    }
    first_channel += channels;
  }
}

void clip(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  const std::array<std::uint8_t, 256> recode = recoding(input.encoding, output.encoding, op.clamp);
  std::transform(input.data, input.data + input.shape.elements(), output.data,
                 [&](std::uint8_t pattern) { return recode[pattern]; });
}

void softmax(const VectorOp& op, const ConstTensorView& input, const TensorView& output) {
  const Rounder rounder(output.encoding, integer_range(output.encoding, op.clamp));
  const std::array<double, 256> real = reals(input.encoding);
  const std::size_t channels = input.shape.channels;
  std::vector<double> powers(channels);
  for (std::size_t pixel = 0; pixel < input.shape.pixels(); ++pixel) {
    const std::uint8_t* in = input.data + pixel * channels;
    double largest = real[in[0]];
    for (std::size_t c = 1; c < channels; ++c) largest = std::max(largest, real[in[c]]);
    double total = 0;
    for (std::size_t c = 0; c < channels; ++c) total += powers[c] = std::exp(real[in[c]] - largest);
    std::uint8_t* out = output.data + pixel * channels;
    for (std::size_t c = 0; c < channels; ++c) {
      out[c] = rounder.pattern(powers[c] / total / output.encoding.scale);
    }
  }
}

}  // namespace neartile::array
