#include "neartile/workloads/images.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

#include "neartile/pe/base/error.h"
#include "neartile/workloads/npy.h"

namespace neartile::workloads {
namespace {

enum class Layout { hwc, chw, none };

Layout layout_of(const std::vector<std::size_t>& shape, const array::TensorShape& input) {
  const std::vector<std::size_t> one(shape.begin() + (shape.empty() ? 0 : 1), shape.end());
  using Sizes = std::vector<std::size_t>;
  if (one == Sizes{input.height, input.width, input.channels}) return Layout::hwc;
  if (one == Sizes{input.channels, input.height, input.width}) return Layout::chw;
  if (input.channels == 1 && one == Sizes{input.height, input.width}) return Layout::hwc;
  if (input.pixels() == 1 && one == Sizes{input.channels}) return Layout::hwc;
  return Layout::none;
}

void to_hwc(Images& images) {
  const std::size_t pixels = images.shape.pixels();
  const std::size_t channels = images.shape.channels;
  std::vector<std::uint8_t> moved(images.shape.elements());
  for (std::size_t i = 0; i < images.count; ++i) {
    std::uint8_t* image = images.pixels.data() + i * moved.size();
    for (std::size_t c = 0; c < channels; ++c) {
      for (std::size_t p = 0; p < pixels; ++p) moved[p * channels + c] = image[c * pixels + p];
    }
    std::memcpy(image, moved.data(), moved.size());
  }
}

template <class T>
std::vector<std::int64_t> widened(const NpyArray& array, const std::string& place) {
  std::vector<std::int64_t> values;
  values.reserve(array.elements());
  for (const T value : array.as<T>(place)) {
    if (!std::in_range<std::int64_t>(value)) {
      throw InputError(place, fmt::format("label {} does not fit 64 bits", value));
    }
    values.push_back(static_cast<std::int64_t>(value));
  }
  return values;
}

/// The value of a channel in a list with one value a channel, one for all, or none.
float of_channel(const std::vector<float>& values, std::size_t channel, float otherwise) {
  if (values.empty()) return otherwise;
  return values.size() == 1 ? values[0] : values[channel];
}

}  // namespace

Images read_images(const std::filesystem::path& file, const array::TensorShape& input) {
  NpyArray array = read_npy(file);
  const std::string place = file.string();
  if (array.type != "u1" && array.type != "i1") {
    throw InputError(place, fmt::format("elements of type {}, expected images of type u1 or i1", array.type));
  }
  const Layout layout = layout_of(array.shape, input);
  if (layout == Layout::none) {
    throw InputError(place, fmt::format("shape ({}), expected images of (n, {}, {}, {}) or (n, {}, {}, {})",
                                        fmt::join(array.shape, ", "), input.height, input.width,
                                        input.channels, input.channels, input.height, input.width));
  }
  Images images{input, array.shape[0], array.type == "i1", {}};
  images.pixels.resize(array.bytes.size());
  std::transform(array.bytes.begin(), array.bytes.end(), images.pixels.begin(),
                 [](std::byte byte) { return std::to_integer<std::uint8_t>(byte); });
  if (layout == Layout::chw) to_hwc(images);
  return images;
}

std::vector<std::int64_t> read_labels(const std::filesystem::path& file) {
  const NpyArray array = read_npy(file);
  const std::string place = file.string();
  if (array.shape.size() != 1) {
    throw InputError(place,
                     fmt::format("{} dimensions, expected labels of one dimension", array.shape.size()));
  }
  const std::string& type = array.type;
  if (type == "u1") return widened<std::uint8_t>(array, place);
  if (type == "u2") return widened<std::uint16_t>(array, place);
  if (type == "u4") return widened<std::uint32_t>(array, place);
  if (type == "u8") return widened<std::uint64_t>(array, place);
  if (type == "i1") return widened<std::int8_t>(array, place);
  if (type == "i2") return widened<std::int16_t>(array, place);
  if (type == "i4") return widened<std::int32_t>(array, place);
  if (type == "i8") return widened<std::int64_t>(array, place);
  throw InputError(place, fmt::format("elements of type {}, expected integer labels", type));
}

std::vector<float> Preprocessing::apply(const Images& images, std::size_t i) const {
  const std::size_t channels = images.shape.channels;
  for (const auto* values : {&mean, &std}) {
    if (values->size() > 1 && values->size() != channels) {
      throw InputError("preprocessing",
                       fmt::format("{} values of mean or std, expected 1 or {}", values->size(), channels));
    }
  }
  const auto pixels = images.image(i);
  std::vector<float> reals(pixels.size());
  for (std::size_t c = 0; c < channels; ++c) {
    const float shift = of_channel(mean, c, 0);
    const float scale = of_channel(std, c, 1);
    for (std::size_t at = c; at < reals.size(); at += channels) {
      const auto pixel = images.is_signed ? static_cast<float>(static_cast<std::int8_t>(pixels[at]))
                                          : static_cast<float>(pixels[at]);
      reals[at] = (pixel - shift) / scale;
    }
  }
  return reals;
}

}  // namespace neartile::workloads
