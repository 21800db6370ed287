#include "executor/depthwise.h"

#include <algorithm>

namespace neartile::workloads {
namespace {

/// A kernel of at most this many taps cannot overflow 32 bits with products of 16 bits.
constexpr std::size_t most_taps = 32768;
constexpr std::int64_t largest_product = 32768;

}  // namespace

bool Depthwise::takes(const array::ConvolutionShape& shape) {
  return shape.is_depthwise() && shape.k() <= most_taps;
}

Depthwise::Depthwise(const pe::PeType& type, std::size_t rows, const array::ConvolutionShape& shape,
                     const std::vector<std::int8_t>& weights)
    : type_(type),
      rows_(rows),
      shape_(shape),
      padded_width_(shape.input.width + shape.window.pad_left + shape.window.pad_right),
      weights_(weights.size()),
      largest_(static_cast<std::int64_t>(shape.k()) * largest_product) {
  const array::Window& window = shape.window;
  const std::size_t channels = shape.input.channels;
  for (std::size_t ky = 0; ky < window.kernel_height; ++ky) {
    for (std::size_t kx = 0; kx < window.kernel_width; ++kx) {
      const std::size_t pixel = ky * window.dilation_height * padded_width_ + kx * window.dilation_width;
      offsets_.push_back(pixel * channels);
    }
  }
  for (std::size_t channel = 0; channel < channels; ++channel) {
    for (std::size_t tap = 0; tap < offsets_.size(); ++tap) {
      weights_[tap * channels + channel] =
          static_cast<std::uint8_t>(weights[channel * offsets_.size() + tap]);
    }
  }
}

void Depthwise::pad_image(const std::uint8_t* input, std::uint8_t zero_point_pattern,
                          std::vector<std::uint8_t>& padded) const {
  const array::Window& window = shape_.window;
  const std::size_t channels = shape_.input.channels;
  padded.assign((shape_.input.height + window.pad_top + window.pad_bottom) * padded_width_ * channels,
                zero_point_pattern);
  for (std::size_t y = 0; y < shape_.input.height; ++y) {
    std::copy_n(input + y * shape_.input.width * channels, shape_.input.width * channels,
                padded.data() + ((y + window.pad_top) * padded_width_ + window.pad_left) * channels);
  }
}

void Depthwise::operator()(const std::uint8_t* padded, std::size_t first_y, std::size_t height,
                           std::int32_t* sums) const {
  const std::size_t channels = shape_.input.channels;
  const std::size_t width = shape_.output().width;
  for (std::size_t y = first_y; y < first_y + height; ++y) {
    for (std::size_t x = 0; x < width; ++x, sums += channels) {
      const std::size_t corner =
          y * shape_.window.stride_height * padded_width_ + x * shape_.window.stride_width;
      sum_pixel(padded + corner * channels, sums);
    }
  }
}

void Depthwise::sum_pixel(const std::uint8_t* corner, std::int32_t* sums) const {
  const pe::PeConfig& config = type_.config;
  const bool fits = largest_ < std::int64_t{1} << (config.accumulator_bits - 1);
  if (!fits && config.overflow == pe::Overflow::saturate) return sum_saturating(corner, sums);
  std::fill_n(sums, shape_.input.channels, 0);
  for (std::size_t tap = 0; tap < offsets_.size(); ++tap) add_tap(corner + offsets_[tap], tap, sums);
  if (fits) return;
  // Wrapping once at the end equals wrapping after each addition.
  for (std::size_t c = 0; c < shape_.input.channels; ++c) {
    sums[c] = pe::accumulate(sums[c], config.accumulator_bits, config.overflow);
  }
}

void Depthwise::add_tap(const std::uint8_t* pixel, std::size_t tap, std::int32_t* sums) const {
  const std::size_t channels = shape_.input.channels;
  const std::uint8_t* weights = weights_.data() + tap * channels;
  if (type_.multiplier.exact && type_.config.format == pe::Format::u8s8) {
    for (std::size_t c = 0; c < channels; ++c) sums[c] += pixel[c] * static_cast<std::int8_t>(weights[c]);
    return;
  }
  const pe::TruthTable& table = *type_.multiplier.table;
  for (std::size_t c = 0; c < channels; ++c) sums[c] += table.product(pixel[c], weights[c]);
}

void Depthwise::sum_saturating(const std::uint8_t* corner, std::int32_t* sums) const {
  const std::size_t channels = shape_.input.channels;
  const auto add = [&](std::int64_t a, std::int64_t b) {
    return pe::accumulate(a + b, type_.config.accumulator_bits, type_.config.overflow);
  };
  for (std::size_t c = 0; c < channels; ++c) {
    std::int32_t total = 0;
    for (std::size_t first = 0; first < offsets_.size(); first += rows_) {
      std::int32_t tile = 0;
      for (std::size_t tap = first; tap < std::min(offsets_.size(), first + rows_); ++tap) {
        tile = add(tile,
                   type_.multiplier.table->product(corner[offsets_[tap] + c], weights_[tap * channels + c]));
      }
      total = add(total, tile);
    }
    sums[c] = total;
  }
}

}  // namespace neartile::workloads
