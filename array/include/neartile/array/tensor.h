#pragma once

#include <cstddef>
#include <cstdint>

namespace neartile::array {

/// Size of one image's tensor. Its elements lie pixel by pixel, channels innermost (HWC).
struct TensorShape {
  std::size_t channels = 0;
  std::size_t height = 0;
  std::size_t width = 0;

  std::size_t pixels() const { return height * width; }
  std::size_t elements() const { return channels * height * width; }
  friend bool operator==(const TensorShape&, const TensorShape&) = default;
};

/// What a tensor's 8-bit patterns stand for: real = (q - zero_point) * scale, q unsigned or signed.
struct Encoding {
  double scale = 1;
  int zero_point = 0;
  bool is_signed = false;

  int minimum() const { return is_signed ? -127 : 0; }
  int maximum() const { return is_signed ? 127 : 255; }
  int integer(std::uint8_t pattern) const {
    return is_signed ? int{static_cast<std::int8_t>(pattern)} : int{pattern};
  }
  double real(std::uint8_t pattern) const { return (integer(pattern) - zero_point) * scale; }
  friend bool operator==(const Encoding&, const Encoding&) = default;
};

/// An encoded tensor in somebody's memory.
struct ConstTensorView {
  TensorShape shape;
  Encoding encoding;
  const std::uint8_t* data = nullptr;
};
struct TensorView {
  TensorShape shape;
  Encoding encoding;
  std::uint8_t* data = nullptr;
};

/// A window that slides over a tensor, for convolution and pooling. Sizes in pixels.
struct Window {
  std::size_t kernel_height = 1, kernel_width = 1;
  std::size_t stride_height = 1, stride_width = 1;
  std::size_t dilation_height = 1, dilation_width = 1;
  std::size_t pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
  friend bool operator==(const Window&, const Window&) = default;

  /// Places of the window along one axis, rounded down; 0 where it does not fit.
  static std::size_t places(std::size_t padded_size, std::size_t kernel, std::size_t dilation,
                            std::size_t stride) {
    const std::size_t reach = (kernel - 1) * dilation + 1;
    return padded_size < reach ? 0 : (padded_size - reach) / stride + 1;
  }
  std::size_t out_height(std::size_t height) const {
    return places(height + pad_top + pad_bottom, kernel_height, dilation_height, stride_height);
  }
  std::size_t out_width(std::size_t width) const {
    return places(width + pad_left + pad_right, kernel_width, dilation_width, stride_width);
  }
};

}  // namespace neartile::array
