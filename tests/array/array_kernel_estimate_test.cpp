// Estimated toggles against exact ones: right on average, and as near as they say.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "neartile/array/array_kernel.h"
#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

struct Layer {
  std::size_t m, k, n;
  std::vector<std::uint8_t> activations;
  std::vector<std::int8_t> weights;
  MatrixView<const std::uint8_t> a() const { return {activations.data(), m, k}; }
  MatrixView<const std::int8_t> w() const { return {weights.data(), k, n}; }
};

// Vectors as a network has them: each element wanders from vector to vector, and half of them are 0 for a
// while.
Layer wandering_layer(std::mt19937& random, std::size_t m, std::size_t k, std::size_t n) {
  Layer layer{m, k, n, std::vector<std::uint8_t>(m * k), random_weights(random, k * n)};
  for (std::size_t e = 0; e < k; ++e) {
    int value = static_cast<int>(random() % 512) - 256;
    for (std::size_t t = 0; t < m; ++t) {
      value = std::clamp(value + static_cast<int>(random() % 61) - 30, -255, 255);
      layer.activations[t * k + e] = static_cast<std::uint8_t>(std::max(0, value));
    }
  }
  return layer;
}

Layer random_layer(std::mt19937& random, std::size_t m, std::size_t k, std::size_t n) {
  return {m, k, n, random_patterns(random, m * k), random_weights(random, k * n)};
}

template <class Body>
void for_each_tile(const ArrayConfig& config, const Layer& layer, Body body) {
  for (std::size_t n = 0; n < layer.n; n += config.columns)
    for (std::size_t k = 0; k < layer.k; k += config.rows) {
      const std::size_t rows = std::min(config.rows, layer.k - k),
                        columns = std::min(config.columns, layer.n - n);
      body(layer.a().block(0, k, layer.m, rows), layer.w().block(k, n, rows, columns));
    }
}

traces::ToggleCounts counted(const ArrayConfig& config, const Layer& layer) {
  ArrayKernel kernel(config);
  traces::ToggleCounts counts;
  std::vector<std::int32_t> sums(layer.m * config.columns);
  for_each_tile(config, layer, [&](auto a, auto w) {
    counts += kernel.run(a, w, {sums.data(), a.rows, w.columns});
  });
  return counts;
}

ToggleEstimate estimated(ArrayKernel& kernel, const ArrayConfig& config, const Layer& layer,
                         const Sampling& sampling) {
  kernel.reset();
  ToggleEstimate estimate;
  for_each_tile(config, layer, [&](auto a, auto w) { estimate += kernel.estimate(a, w, sampling); });
  return estimate;
}

// How estimates of one total with different seeds lie about it.
class Errors {
 public:
  explicit Errors(double exact) : exact_(exact) {}
  void add(const Estimate& estimate) {
    const double error = estimate.value - exact_;
    sum_ += error;
    squares_ += error * error;
    within_ += std::abs(error) <= estimate.bound();
    ++count_;
  }
  double relative_rms() const { return std::sqrt(squares_ / count_) / exact_; }
  double coverage() const { return within_ / count_; }
  /// Mean error in its own standard deviations.
  double bias() const { return sum_ / std::sqrt(squares_); }

 private:
  double exact_, sum_ = 0, squares_ = 0, within_ = 0, count_ = 0;
};

struct Case {
  const char* name;
  Layer (*layer)(std::mt19937&, std::size_t, std::size_t, std::size_t);
  std::size_t m, k, n;
  double most_rms;
};

class EstimatedToggles : public testing::TestWithParam<Case> {};

TEST_P(EstimatedToggles, AreRightOnAverageAndAsNearAsTheySay) {
  std::mt19937 random(31);
  const auto layer = GetParam().layer(random, GetParam().m, GetParam().k, GetParam().n);
  pe::PeConfig pe;
  pe.multiplier = "drum(4)";
  const ArrayConfig config{32, 96, pe};
  const traces::ToggleCounts exact = counted(config, layer);
  ArrayKernel kernel(config);
  Errors product(static_cast<double>(exact.product)), partial_sum(static_cast<double>(exact.partial_sum));
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const ToggleEstimate estimate = estimated(kernel, config, layer, {0.05, seed});
    ASSERT_EQ(estimate.activation, exact.activation);
    product.add(estimate.product);
    partial_sum.add(estimate.partial_sum);
  }
  for (const Errors& errors : {product, partial_sum}) {
    // 95 % of 400 seeds, less three standard deviations of that many draws.
    EXPECT_GT(errors.coverage(), 0.95 - 0.033);
    EXPECT_LT(errors.coverage(), 1.0) << "the bound is far too wide";
    EXPECT_LT(std::abs(errors.bias()), 3.5);
    EXPECT_LT(errors.relative_rms(), GetParam().most_rms);
  }
}

INSTANTIATE_TEST_SUITE_P(Layers, EstimatedToggles,
                         testing::Values(Case{"LargeM", wandering_layer, 1500, 40, 100, 0.015},
                                         Case{"LargeMUniform", random_layer, 1500, 40, 100, 0.01},
                                         Case{"SmallM", wandering_layer, 196, 256, 200, 0.013},
                                         Case{"SmallMUniform", random_layer, 196, 256, 200, 0.01},
                                         Case{"FewVectors", wandering_layer, 49, 256, 200, 0.015}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(EstimatedToggles, LeaveTheArrayAsARunDoes) {
  std::mt19937 random(32);
  for (int i = 0; i < 30; ++i) {
    const auto type = random_type(random);
    const ArrayConfig config{random_between(random, 1, 20), random_between(random, 1, 100), type.config};
    ArrayKernel sampled(config, type), exact(config, type);
    for (int tile = 0; tile < 3; ++tile) {
      const auto layer =
          random_layer(random, random_between(random, 1, 60), random_between(random, 1, config.rows),
                       random_between(random, 1, config.columns));
      std::vector<std::int32_t> sums(layer.m * layer.n);
      // The sample changes from tile to tile, the exact counts after it do not.
      sampled.estimate(layer.a(), layer.w(), {0.05, random()});
      exact.run(layer.a(), layer.w(), {sums.data(), layer.m, layer.n});
      const auto next = random_layer(random, 2, layer.k, layer.n);
      const MatrixView<std::int32_t> out(sums.data(), 1, layer.n);
      const auto first = next.a().block(0, 0, 1, layer.k);
      ASSERT_EQ(to_string(sampled.run(first, next.w(), out)), to_string(exact.run(first, next.w(), out)))
          << name_of(type.config);
    }
  }
}

TEST(EstimatedToggles, AreExactWhereTheTileIsTooShort) {
  std::mt19937 random(33);
  const auto layer = random_layer(random, 9, 8, 8);
  const ArrayConfig config{8, 8, {}};
  ArrayKernel kernel(config);
  const auto estimate = estimated(kernel, config, layer, {});
  const auto exact = counted(config, layer);
  EXPECT_EQ(estimate.product.value, static_cast<double>(exact.product));
  EXPECT_EQ(estimate.partial_sum.value, static_cast<double>(exact.partial_sum));
  EXPECT_EQ(estimate.total_bound(), 0);
}

TEST(EstimatedToggles, OfOneSeedAreTheSame) {
  std::mt19937 random(34);
  const auto layer = random_layer(random, 300, 8, 80);
  const ArrayConfig config{8, 80, {}};
  ArrayKernel kernel(config);
  const auto estimate = [&](std::uint64_t seed) {
    return estimated(kernel, config, layer, {0.05, seed}).product.value;
  };
  EXPECT_EQ(estimate(1), estimate(1));
  EXPECT_NE(estimate(1), estimate(2));
}

// With twice as many vectors sampled, half the variance, or less.
TEST(EstimatedToggles, AreNearerWithALargerSample) {
  std::mt19937 random(35);
  const auto layer = wandering_layer(random, 1500, 32, 64);
  const ArrayConfig config{32, 64, {}};
  ArrayKernel kernel(config);
  EXPECT_LT(estimated(kernel, config, layer, {0.4, 1}).product.variance,
            estimated(kernel, config, layer, {0.05, 1}).product.variance / 4);
}

}  // namespace
}  // namespace neartile::array
