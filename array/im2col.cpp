#include "neartile/array/im2col.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace neartile::array {
namespace {

/// Writes parts of one activation vector from left to right.
class VectorWriter {
 public:
  VectorWriter(const ConvolutionShape& shape, const std::uint8_t* input, std::size_t group,
               std::uint8_t zero_point_pattern)
      : shape_(shape), input_(input + group * shape.group_channels()), zero_point_(zero_point_pattern) {
    const Window& window = shape.window;
    // Pixels side by side are one run of memory only where nothing lies between them.
    joined_ = shape.groups == 1 && window.dilation_width == 1;
  }

  /// Elements [first_k, end_k) of the vector of output pixel (oy, ox).
  void write(std::size_t oy, std::size_t ox, std::size_t first_k, std::size_t end_k,
             std::uint8_t* out) const {
    const Window& window = shape_.window;
    const std::size_t row_size = window.kernel_width * shape_.group_channels();
    for (std::size_t k = first_k; k < end_k;) {
      const std::size_t ky = k / row_size;
      const std::size_t row_end = std::min(end_k, (ky + 1) * row_size);
      const std::size_t y = oy * window.stride_height + ky * window.dilation_height;
      if (y < window.pad_top || y - window.pad_top >= shape_.input.height) {
        std::memset(out, zero_point_, row_end - k);
      } else {
        write_row(y - window.pad_top, ox * window.stride_width, k - ky * row_size, row_end - ky * row_size,
                  out);
      }
      out += row_end - k;
      k = row_end;
    }
  }

 private:
  /// Elements [first, end) of the kernel row that reads input row y from padded column x on.
  void write_row(std::size_t y, std::size_t x, std::size_t first, std::size_t end, std::uint8_t* out) const {
    const Window& window = shape_.window;
    const std::uint8_t* row = input_ + y * shape_.input.width * shape_.input.channels;
    const bool inside =
        x >= window.pad_left && x - window.pad_left + window.kernel_width <= shape_.input.width;
    if (joined_ && inside) {
      std::memcpy(out, row + (x - window.pad_left) * shape_.input.channels + first, end - first);
      return;
    }
    const std::size_t channels = shape_.group_channels();
    for (std::size_t k = first; k < end;) {
      const std::size_t kx = k / channels;
      const std::size_t pixel_end = std::min(end, (kx + 1) * channels);
      write_pixel(row, x + kx * window.dilation_width, k - kx * channels, pixel_end - k, out);
      out += pixel_end - k;
      k = pixel_end;
    }
  }

  void write_pixel(const std::uint8_t* row, std::size_t x, std::size_t channel, std::size_t count,
                   std::uint8_t* out) const {
    const std::size_t left = shape_.window.pad_left;
    if (x < left || x - left >= shape_.input.width) {
      std::memset(out, zero_point_, count);
    } else {
      std::memcpy(out, row + (x - left) * shape_.input.channels + channel, count);
    }
  }

  const ConvolutionShape& shape_;
  const std::uint8_t* input_;
  std::uint8_t zero_point_;
  bool joined_;
};

}  // namespace

RowRange input_rows(const Window& window, std::size_t input_height, RowRange rows) {
  const std::size_t reach = (window.kernel_height - 1) * window.dilation_height + 1;
  const std::size_t top = rows.first * window.stride_height;
  const std::size_t bottom = (rows.first + rows.count - 1) * window.stride_height + reach;
  const std::size_t first = std::min(input_height, top - std::min(top, window.pad_top));
  const std::size_t end = std::clamp(bottom - std::min(bottom, window.pad_top), first, input_height);
  return {first, end - first};
}

void im2col(const ConvolutionShape& shape, const std::uint8_t* input, std::size_t group, std::size_t first_m,
            std::size_t first_k, std::uint8_t zero_point_pattern, MatrixView<std::uint8_t> vectors) {
  assert(group < shape.groups && first_m + vectors.rows <= shape.m() &&
         first_k + vectors.columns <= shape.k());
  const VectorWriter writer(shape, input, group, zero_point_pattern);
  const std::size_t width = shape.output().width;
  std::size_t oy = first_m / width;
  std::size_t ox = first_m % width;
  for (std::size_t row = 0; row < vectors.rows; ++row) {
    writer.write(oy, ox, first_k, first_k + vectors.columns, vectors.row(row));
    if (++ox == width) {
      ox = 0;
      ++oy;
    }
  }
}

}  // namespace neartile::array
