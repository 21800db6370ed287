#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "neartile/array/im2col.h"
#include "neartile/pe/pe_type.h"

namespace neartile::workloads {

/// The sums of a depthwise convolution (groups = channels = output channels), which as GEMMs of N = 1
/// would be slow: products straight from the truth table, all channels of a pixel side by side. Sums
/// equal reference_gemm's bit by bit.
class Depthwise {
 public:
  /// True where this class can compute the layer.
  static bool takes(const array::ConvolutionShape& shape);

  /// `weights` as in QuantisedMatrix: K of the first channel, of the second, ..
  Depthwise(const pe::PeType& type, std::size_t rows, const array::ConvolutionShape& shape,
            const std::vector<std::int8_t>& weights);

  /// Sums of output rows first_y .. first_y + height - 1 of one image, pixel by pixel.
  /// `padded` is the image with its padding written out (pad_image()).
  void operator()(const std::uint8_t* padded, std::size_t first_y, std::size_t height,
                  std::int32_t* sums) const;

  /// The HWC image with padding of the zero point's pattern.
  void pad_image(const std::uint8_t* input, std::uint8_t zero_point_pattern,
                 std::vector<std::uint8_t>& padded) const;

 private:
  void sum_pixel(const std::uint8_t* corner, std::int32_t* sums) const;
  void add_tap(const std::uint8_t* pixel, std::size_t tap, std::int32_t* sums) const;
  void sum_saturating(const std::uint8_t* corner, std::int32_t* sums) const;

  pe::PeType type_;
  std::size_t rows_;
  array::ConvolutionShape shape_;
  std::size_t padded_width_;
  std::vector<std::size_t> offsets_;   ///< of each tap from the window's corner, in elements
  std::vector<std::uint8_t> weights_;  ///< [tap][channel]
  std::int64_t largest_;               ///< bound of any sum's magnitude
};

}  // namespace neartile::workloads
