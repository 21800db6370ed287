#include "neartile/array/vector_unit.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

namespace neartile::array {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The README's rule, by the library's rint() and a clamp after the zero point.
int rule(double real, const Encoding& encoding) {
  return static_cast<int>(std::clamp<double>(std::rint(real / encoding.scale) + encoding.zero_point,
                                             encoding.minimum(), encoding.maximum()));
}

std::vector<std::uint8_t> random_patterns(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> patterns(count);
  for (auto& pattern : patterns) pattern = static_cast<std::uint8_t>(random());
  return patterns;
}

struct Tensor {
  TensorShape shape;
  Encoding encoding;
  std::vector<std::uint8_t> data;
  ConstTensorView view() const { return {shape, encoding, data.data()}; }
};

std::vector<std::uint8_t> result(const VectorOp& op, const std::vector<Tensor>& inputs,
                                 const TensorShape& shape, const Encoding& encoding) {
  std::vector<ConstTensorView> views;
  for (const Tensor& input : inputs) views.push_back(input.view());
  std::vector<std::uint8_t> out(shape.elements(), 0xA5);
  apply(op, views, {shape, encoding, out.data()});
  return out;
}

VectorOp pool(VectorKind kind, const Window& window) {
  VectorOp op;
  op.kind = kind;
  op.window = window;
  return op;
}

TEST(Encode, TakesTheEvenNeighbourOnATie) {
  const Encoding encoding{.scale = 1, .zero_point = 10, .is_signed = false};
  const IntegerRange all{0, 255};
  EXPECT_EQ(encode(0.5, encoding, all), 10);
  EXPECT_EQ(encode(1.5, encoding, all), 12);
  EXPECT_EQ(encode(2.5, encoding, all), 12);
  EXPECT_EQ(encode(-0.5, encoding, all), 10);
  EXPECT_EQ(encode(-1.5, encoding, all), 8);
}

TEST(Encode, StaysInTheRangeWhateverTheReal) {
  const Encoding encoding{.scale = 1e-300, .zero_point = 128, .is_signed = false};
  EXPECT_EQ(encode(infinity, encoding, {3, 250}), 250);
  EXPECT_EQ(encode(-infinity, encoding, {3, 250}), 3);
  EXPECT_EQ(encode(1e300, encoding, {3, 250}), 250);
  EXPECT_EQ(encode(std::nan(""), encoding, {3, 250}), 3);
}

RC_GTEST_PROP(Encode, AgreesWithTheLibrarysRounding, ()) {
  const Encoding encoding{.scale = *rc::gen::inRange(1, 2000) / 1024.0,
                          .zero_point = *rc::gen::inRange(0, 256),
                          .is_signed = false};
  const double real = *rc::gen::inRange(-1000000, 1000000) / 2048.0;
  RC_ASSERT(int{encode(real, encoding, integer_range(encoding, {}))} == rule(real, encoding));
}

TEST(IntegerRange, IsTheEncodingsWithoutActivation) {
  const IntegerRange u8 = integer_range({.scale = 0.1, .zero_point = 7, .is_signed = false}, {});
  EXPECT_EQ(u8.low, 0);
  EXPECT_EQ(u8.high, 255);
  const IntegerRange s8 = integer_range({.scale = 0.1, .zero_point = 0, .is_signed = true}, {});
  EXPECT_EQ(s8.low, -127);
  EXPECT_EQ(s8.high, 127);
}

TEST(IntegerRange, StartsAtTheZeroPointAfterRelu) {
  EXPECT_EQ(integer_range({.scale = 0.1, .zero_point = 7, .is_signed = false}, {0, infinity}).low, 7);
  EXPECT_EQ(integer_range({.scale = 0.1, .zero_point = 0, .is_signed = true}, {0, infinity}).low, 0);
}

TEST(IntegerRange, IsCutByGeneralBounds) {
  const IntegerRange range = integer_range({.scale = 0.5, .zero_point = 100, .is_signed = false}, {-1, 6});
  EXPECT_EQ(range.low, 98);
  EXPECT_EQ(range.high, 112);
}

TEST(IntegerRange, KeepsItsUpperBoundUnderReluSixWhenTheRangeWasCalibrated) {
  for (const double largest : {0.4, 3.0, 5.9999995, 6.0}) {
    const Encoding encoding{.scale = largest / 255, .zero_point = 0, .is_signed = false};
    EXPECT_EQ(integer_range(encoding, {0, 6}).high, 255) << largest;
  }
}

TEST(Requantise, FollowsTheRuleBitByBit) {
  std::mt19937 random(1);
  const std::size_t rows = 67, columns = 37;
  std::vector<std::int32_t> sums(rows * columns), bias(columns);
  std::vector<double> multiplier(columns);
  for (auto& sum : sums) sum = static_cast<std::int32_t>(random()) >> (random() % 24);
  for (auto& b : bias) b = static_cast<std::int32_t>(random()) >> 12;
  // Multipliers of a power of two make ties common.
  for (auto& s : multiplier) s = std::ldexp(random() % 2 ? 1.0 : 1.37, -static_cast<int>(random() % 16));
  const Clamp relu{0, infinity};
  for (const Clamp& clamp : {Clamp{}, relu}) {
    for (const Encoding& encoding : {Encoding{0.02, 31, false}, Encoding{0.3, 0, true}}) {
      std::vector<std::uint8_t> out(rows * columns);
      requantise({sums.data(), rows, columns}, bias, multiplier, encoding, clamp,
                 {out.data(), rows, columns});
      for (std::size_t i = 0; i < out.size(); ++i) {
        const double sum = static_cast<double>(std::int64_t{sums[i]} + bias[i % columns]);
        double y = std::rint(sum * multiplier[i % columns]) + encoding.zero_point;
        y = std::clamp<double>(y, encoding.minimum(), encoding.maximum());
        if (clamp == relu) y = std::max<double>(y, encoding.zero_point);
        ASSERT_EQ(encoding.integer(out[i]), static_cast<int>(y)) << "element " << i;
      }
    }
  }
}

TEST(Requantise, AddsSumAndBiasWithoutOverflow) {
  const std::vector<std::int32_t> sums{2147483647, -2147483647}, bias{2147483647, -2147483647};
  const std::vector<double> multiplier(2, std::ldexp(1.0, -26));
  std::vector<std::uint8_t> out(2);
  requantise({sums.data(), 1, 2}, bias, multiplier, {1, 128, false}, {}, {out.data(), 1, 2});
  EXPECT_EQ(out[0], 192);
  EXPECT_EQ(out[1], 64);
}

TEST(Add, IsTheSumOfRealsReEncoded) {
  const TensorShape shape{7, 11, 13};
  const Tensor a{shape, {0.0243, 117, false}, random_patterns(shape.elements(), 2)};
  const Tensor b{shape, {0.0517, 3, false}, random_patterns(shape.elements(), 3)};
  const Encoding encoding{0.061, 44, false};
  VectorOp relu;
  relu.clamp.minimum = 0;
  const auto plain = result({}, {a, b}, shape, encoding);
  const auto rectified = result(relu, {a, b}, shape, encoding);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const double left = (a.data[i] - 117) * 0.0243, right = (b.data[i] - 3) * 0.0517;
    ASSERT_EQ(plain[i], rule(left + right, encoding)) << i;
    ASSERT_EQ(rectified[i], std::max(44, rule(left + right, encoding))) << i;
  }
}

TEST(MaxPool, NeverLetsPaddingWin) {
  const Tensor input{{1, 2, 2}, {0.1, 200, false}, {1, 2, 3, 4}};  // all far below the zero point
  const Window window{.kernel_height = 3,
                      .kernel_width = 3,
                      .stride_height = 2,
                      .stride_width = 2,
                      .pad_top = 1,
                      .pad_left = 1,
                      .pad_bottom = 2,
                      .pad_right = 2};
  EXPECT_EQ(result(pool(VectorKind::max_pool, window), {input}, {1, 2, 2}, input.encoding),
            (std::vector<std::uint8_t>{4, 4, 4, 4}));
}

TEST(MaxPool, ComparesSignedIntegers) {
  const Tensor input{{1, 1, 2}, {0.1, 0, true}, {0xFF, 0x03}};  // -1 and 3
  const Window window{.kernel_width = 2};
  EXPECT_EQ(result(pool(VectorKind::max_pool, window), {input}, {1, 1, 1}, input.encoding)[0], 3);
}

TEST(MaxPool, ObeysDilationAndChannels) {
  // Two channels, three pixels in a row; a window of two with dilation 2 sees pixels 0 and 2.
  const Tensor input{{2, 1, 3}, {1, 0, false}, {5, 50, 99, 99, 7, 20}};
  const Window window{.kernel_width = 2, .dilation_width = 2};
  EXPECT_EQ(result(pool(VectorKind::max_pool, window), {input}, {2, 1, 1}, input.encoding),
            (std::vector<std::uint8_t>{7, 50}));
}

TEST(AveragePool, DividesByValidPixelsOrByTheWholeWindow) {
  const Tensor input{{1, 1, 2}, {1, 10, false}, {16, 22}};  // reals 6 and 12
  const Window window{.kernel_height = 2, .kernel_width = 2, .pad_top = 1};
  VectorOp op = pool(VectorKind::average_pool, window);
  const Encoding encoding{0.5, 1, false};
  EXPECT_EQ(result(op, {input}, {1, 1, 1}, encoding)[0], 1 + 18);  // 18 / 2 pixels, in halves
  op.count_padding = true;
  EXPECT_EQ(result(op, {input}, {1, 1, 1}, encoding)[0], 1 + 9);  // 18 / 4 places
}

TEST(GlobalAveragePool, IsTheMeanOfEachChannel) {
  const TensorShape shape{5, 7, 9};
  const Tensor input{shape, {0.0371, 19, false}, random_patterns(shape.elements(), 4)};
  const Encoding encoding{0.0123, 60, false};
  VectorOp op;
  op.kind = VectorKind::global_average_pool;
  const auto means = result(op, {input}, {5, 1, 1}, encoding);
  for (std::size_t c = 0; c < 5; ++c) {
    double sum = 0;
    for (std::size_t p = 0; p < 63; ++p) sum += (input.data[p * 5 + c] - 19) * 0.0371;
    EXPECT_EQ(means[c], rule(sum / 63, encoding));
  }
}

TEST(GlobalAveragePool, BreaksATieTheSameWayInEveryOrder) {
  // The mean is exactly 2.5 steps although 6/255 is no binary fraction: ties go to even.
  VectorOp op;
  op.kind = VectorKind::global_average_pool;
  const Encoding encoding{6.0 / 255, 0, false};
  std::vector<std::uint8_t> pixels(16, 2);
  std::fill_n(pixels.begin(), 8, std::uint8_t{3});
  do {
    ASSERT_EQ(result(op, {{{1, 4, 4}, encoding, pixels}}, {1, 1, 1}, encoding)[0], 2);
  } while (std::prev_permutation(pixels.begin(), pixels.end()));
}

TEST(Concat, PutsChannelsSideBySideAndReEncodesThem) {
  const Tensor a{{1, 1, 2}, {1, 0, false}, {4, 5}};
  const Tensor b{{2, 1, 2}, {0.5, 100, false}, {100, 102, 104, 99}};
  VectorOp op;
  op.kind = VectorKind::concat;
  EXPECT_EQ(result(op, {a, b}, {3, 1, 2}, {1, 10, false}),
            (std::vector<std::uint8_t>{14, 10, 11, 15, 12, 10}));  // -0.5 ties to 0
}

TEST(Clip, IsACopyWhereEncodingsAreEqual) {
  std::vector<std::uint8_t> all(256);
  for (int i = 0; i < 256; ++i) all[i] = static_cast<std::uint8_t>(i);
  VectorOp op;
  op.kind = VectorKind::clip;
  for (const double scale : {6.0 / 255, 0.1, 1.0 / 3, 1e-30, 7e20}) {
    for (const int zero_point : {0, 1, 127, 255}) {
      const Tensor input{{256, 1, 1}, {scale, zero_point, false}, all};
      EXPECT_EQ(result(op, {input}, input.shape, input.encoding), all) << scale;
    }
  }
}

TEST(Clip, CutsAtItsBounds) {
  const Tensor input{{5, 1, 1}, {1, 3, false}, {0, 3, 5, 9, 255}};  // -3, 0, 2, 6, 252
  VectorOp op;
  op.kind = VectorKind::clip;
  op.clamp = {0, 6};
  EXPECT_EQ(result(op, {input}, input.shape, {0.5, 0, false}), (std::vector<std::uint8_t>{0, 0, 4, 12, 12}));
}

TEST(Slice, TakesEverySecondPixel) {
  const Tensor input{
      {2, 2, 4}, {1, 0, false}, {0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51, 60, 61, 70, 71}};
  VectorOp op;
  op.kind = VectorKind::slice;
  op.start = {1, 0, 0};
  op.step = {1, 2, 2};
  EXPECT_EQ(result(op, {input}, {1, 1, 2}, input.encoding), (std::vector<std::uint8_t>{1, 21}));
}

TEST(Pad, InsertsTheZeroPoint) {
  const Tensor input{{1, 1, 2}, {1, 42, false}, {7, 8}};
  VectorOp op;
  op.kind = VectorKind::pad;
  op.pad_before = {1, 0, 1};
  EXPECT_EQ(result(op, {input}, {2, 1, 3}, input.encoding),
            (std::vector<std::uint8_t>{42, 42, 42, 7, 42, 8}));
}

TEST(Flatten, OrdersByChannelFirst) {
  const Tensor input{{2, 1, 3}, {1, 0, false}, {0, 10, 1, 11, 2, 12}};
  VectorOp op;
  op.kind = VectorKind::flatten;
  EXPECT_EQ(result(op, {input}, {6, 1, 1}, input.encoding), (std::vector<std::uint8_t>{0, 1, 2, 10, 11, 12}));
}

TEST(MovedPatterns, AreClampedByAFusedActivation) {
  const Tensor input{{3, 1, 1}, {1, 100, false}, {90, 100, 110}};
  VectorOp op;
  op.kind = VectorKind::flatten;
  op.clamp.minimum = 0;
  EXPECT_EQ(result(op, {input}, {3, 1, 1}, input.encoding), (std::vector<std::uint8_t>{100, 100, 110}));
}

TEST(Softmax, GivesSharesOfOneAtEachPixel) {
  const Tensor input{{2, 1, 2}, {std::log(3.0), 50, false}, {50, 51, 255, 255}};
  VectorOp op;
  op.kind = VectorKind::softmax;
  EXPECT_EQ(result(op, {input}, input.shape, {1.0 / 200, 0, false}),
            (std::vector<std::uint8_t>{50, 150, 100, 100}));
}

TEST(Apply, RefusesShapesThatDoNotFit) {
  const Tensor input{{2, 2, 2}, {}, std::vector<std::uint8_t>(8)};
  VectorOp op;
  EXPECT_THROW(result(op, {input}, input.shape, {}), std::invalid_argument);  // add of one
  op.kind = VectorKind::slice;
  op.start = {0, 1, 0};
  EXPECT_THROW(result(op, {input}, {2, 2, 2}, {}), std::invalid_argument);
  op.kind = VectorKind::pad;
  op.pad_before = {0, static_cast<std::size_t>(-1), 0};
  EXPECT_THROW(result(op, {input}, {2, 2, 2}, {}), std::invalid_argument);
  op.kind = VectorKind::max_pool;
  EXPECT_THROW(result(op, {input}, {2, 2, 1}, {}), std::invalid_argument);
}

}  // namespace
}  // namespace neartile::array
