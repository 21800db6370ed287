#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "neartile/array/tensor.h"

namespace neartile::workloads {

/// Images of one size, u8 or s8, in HWC order whatever order their file had.
struct Images {
  array::TensorShape shape;
  std::size_t count = 0;
  bool is_signed = false;
  std::vector<std::uint8_t> pixels;  ///< count x height x width x channels

  std::span<const std::uint8_t> image(std::size_t i) const {
    return std::span(pixels).subspan(i * shape.elements(), shape.elements());
  }
};

/// Reads u8 or s8 images [n, h, w, c] or [n, c, h, w] that fit a network's `input`; NHWC is taken where
/// both would fit. Throws InputError.
Images read_images(const std::filesystem::path& file, const array::TensorShape& input);

/// Reads int labels [n]. Throws InputError.
std::vector<std::int64_t> read_labels(const std::filesystem::path& file);

/// real = (pixel - mean[channel]) / std[channel], computed in float.
struct Preprocessing {
  std::vector<float> mean;  ///< one a channel, or one for all; empty: 0
  std::vector<float> std;   ///< likewise; empty: 1

  /// One image as reals, HWC.
  std::vector<float> apply(const Images& images, std::size_t i) const;
};

}  // namespace neartile::workloads
