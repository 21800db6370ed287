#include "neartile/array/im2col.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <vector>

namespace neartile::array {
namespace {

constexpr std::uint8_t zero_point = 77;

/// Element k of the vector of output pixel m, straight from the definition of a convolution.
std::uint8_t element(const ConvolutionShape& shape, const std::vector<std::uint8_t>& input, std::size_t group,
                     std::size_t m, std::size_t k) {
  const Window& window = shape.window;
  const auto channels = static_cast<std::ptrdiff_t>(shape.group_channels());
  const auto kernel_width = static_cast<std::ptrdiff_t>(window.kernel_width);
  const auto index = static_cast<std::ptrdiff_t>(k);
  const std::ptrdiff_t ky = index / (kernel_width * channels), kx = index / channels % kernel_width;
  const auto out_width = static_cast<std::ptrdiff_t>(shape.output().width);
  const auto out = static_cast<std::ptrdiff_t>(m);
  const auto y = static_cast<std::ptrdiff_t>(window.stride_height) * (out / out_width) +
                 ky * static_cast<std::ptrdiff_t>(window.dilation_height) -
                 static_cast<std::ptrdiff_t>(window.pad_top);
  const auto x = static_cast<std::ptrdiff_t>(window.stride_width) * (out % out_width) +
                 kx * static_cast<std::ptrdiff_t>(window.dilation_width) -
                 static_cast<std::ptrdiff_t>(window.pad_left);
  const auto height = static_cast<std::ptrdiff_t>(shape.input.height);
  const auto width = static_cast<std::ptrdiff_t>(shape.input.width);
  if (y < 0 || y >= height || x < 0 || x >= width) return zero_point;
  return input[static_cast<std::size_t>(y * width + x) * shape.input.channels +
               group * shape.group_channels() + static_cast<std::size_t>(index % channels)];
}

std::vector<std::uint8_t> random_input(const TensorShape& shape) {
  std::mt19937 random(5);
  std::vector<std::uint8_t> input(shape.elements());
  for (auto& pattern : input) pattern = static_cast<std::uint8_t>(random());
  return input;
}

TEST(Im2col, IsTheInputItselfForAPointwiseConvolution) {
  const ConvolutionShape shape{.input = {4, 3, 5}, .window = {}, .out_channels = 2};
  const auto input = random_input(shape.input);
  std::vector<std::uint8_t> vectors(shape.m() * shape.k());
  im2col(shape, input.data(), 0, 0, 0, zero_point, {vectors.data(), shape.m(), shape.k()});
  EXPECT_EQ(vectors, input);
}

TEST(Im2col, ReadsTheZeroPointInThePadding) {
  ConvolutionShape shape{.input = {1, 1, 1}, .window = {}, .out_channels = 1};
  shape.window = {
      .kernel_height = 3, .kernel_width = 3, .pad_top = 1, .pad_left = 1, .pad_bottom = 1, .pad_right = 1};
  const std::uint8_t pixel = 9;
  std::vector<std::uint8_t> vector(9);
  im2col(shape, &pixel, 0, 0, 0, zero_point, {vector.data(), 1, 9});
  EXPECT_EQ(vector, (std::vector<std::uint8_t>{77, 77, 77, 77, 9, 77, 77, 77, 77}));
}

TEST(Im2col, PutsChannelsInnermostThenColumnsThenRows) {
  ConvolutionShape shape{.input = {2, 2, 2}, .window = {}, .out_channels = 1};
  shape.window = {.kernel_height = 2, .kernel_width = 2};
  const std::vector<std::uint8_t> input{1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<std::uint8_t> vector(8);
  im2col(shape, input.data(), 0, 0, 0, zero_point, {vector.data(), 1, 8});
  EXPECT_EQ(vector, input);
}

RC_GTEST_PROP(Im2col, GivesAnyBlockOfAnyConvolution, ()) {
  const auto size = [](int low, int high) {
    return static_cast<std::size_t>(*rc::gen::inRange(low, high + 1));
  };
  ConvolutionShape shape;
  shape.groups = size(1, 3);
  shape.input = {shape.groups * size(1, 4), size(1, 9), size(1, 9)};
  shape.window = {size(1, 4), size(1, 4), size(1, 3), size(1, 3), size(1, 3),
                  size(1, 3), size(0, 2), size(0, 2), size(0, 2), size(0, 2)};
  shape.out_channels = shape.groups;
  RC_PRE(shape.m() > 0U);
  const auto input = random_input(shape.input);
  const std::size_t group = size(0, static_cast<int>(shape.groups) - 1);
  const std::size_t first_m = size(0, static_cast<int>(shape.m()) - 1);
  const std::size_t rows = size(1, static_cast<int>(shape.m() - first_m));
  const std::size_t first_k = size(0, static_cast<int>(shape.k()) - 1);
  const std::size_t columns = size(1, static_cast<int>(shape.k() - first_k));
  const std::size_t stride = columns + 3;
  std::vector<std::uint8_t> vectors(rows * stride, 0xEE);
  im2col(shape, input.data(), group, first_m, first_k, zero_point, {vectors.data(), rows, columns, stride});
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      RC_ASSERT(int{vectors[r * stride + c]} == int{element(shape, input, group, first_m + r, first_k + c)});
    }
    for (std::size_t c = columns; c < stride; ++c) RC_ASSERT(vectors[r * stride + c] == 0xEE);
  }
}

}  // namespace
}  // namespace neartile::array
