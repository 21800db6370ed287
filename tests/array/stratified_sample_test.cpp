#include "array/stratified_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace neartile::array {
namespace {

TEST(StratifiedSample, DrawsTwoUnitsOfEachStratum) {
  std::mt19937_64 random(1);
  for (const std::size_t size : {4u, 7u, 50u, 1001u}) {
    const std::size_t strata = size / 2 < 10 ? size / 2 : 10;
    const StratifiedSample sample(size, strata, random);
    ASSERT_EQ(sample.units().size(), 2 * strata);
    std::size_t all = 0;
    for (std::size_t h = 0; h < strata; ++h) {
      EXPECT_EQ(sample.first_of(h), all);
      for (const std::size_t unit : {sample.units()[2 * h], sample.units()[2 * h + 1]}) {
        EXPECT_GE(unit, all);
        EXPECT_LT(unit, all + sample.size_of(h));
      }
      EXPECT_NE(sample.units()[2 * h], sample.units()[2 * h + 1]);
      all += sample.size_of(h);
    }
    EXPECT_EQ(all, size);
  }
}

TEST(StratifiedSample, DrawsEveryUnit) {
  std::mt19937_64 random(2);
  std::set<std::size_t> drawn;
  for (int i = 0; i < 200; ++i) {
    const StratifiedSample sample(9, 3, random);
    drawn.insert(sample.units().begin(), sample.units().end());
  }
  EXPECT_EQ(drawn.size(), 9u);
}

struct Population {
  std::vector<double> x, y;
  double total() const { return std::accumulate(y.begin(), y.end(), 0.0); }
  Estimate estimate(std::size_t strata, std::mt19937_64& random) const {
    const StratifiedSample sample(y.size(), strata, random);
    std::vector<SampledPair> pairs(strata);
    for (std::size_t h = 0; h < strata; ++h) {
      pairs[h].stratum_size = static_cast<double>(sample.size_of(h));
      for (std::size_t i = 0; i < sample.size_of(h); ++i) pairs[h].stratum_x += x[sample.first_of(h) + i];
      for (std::size_t i = 0; i < 2; ++i) {
        pairs[h].y[i] = y[sample.units()[2 * h + i]];
        pairs[h].x[i] = x[sample.units()[2 * h + i]];
      }
    }
    return estimate_total(pairs);
  }
};

// y goes with x, with noise of its own that is somewhat skewed, and larger in the middle.
Population noisy_population(std::size_t size) {
  std::mt19937_64 random(3);
  std::gamma_distribution<double> noise(6.0);
  Population population;
  for (std::size_t i = 0; i < size; ++i) {
    population.x.push_back(static_cast<double>(random() % 100));
    const double scale = i > size / 3 && i < size / 2 ? 20 : 10;
    population.y.push_back(500 + 3 * population.x.back() + scale * noise(random));
  }
  return population;
}

TEST(EstimateTotal, IsUnbiasedAndStatesItsVariance) {
  const Population population = noisy_population(120);
  std::mt19937_64 random(4);
  constexpr int draws = 4000;
  double error = 0, squares = 0, variance = 0, within = 0;
  for (int i = 0; i < draws; ++i) {
    const Estimate estimate = population.estimate(12, random);
    const double e = estimate.value - population.total();
    error += e / draws;
    squares += e * e / draws;
    variance += estimate.variance / draws;
    within += std::abs(e) <= estimate.bound() ? 1.0 / draws : 0;
  }
  EXPECT_LT(std::abs(error), 4 * std::sqrt(squares / draws));
  EXPECT_NEAR(variance / squares, 1.0, 0.15);
  EXPECT_NEAR(within, 0.95, 0.02);
}

TEST(EstimateTotal, IsExactWhereYFollowsX) {
  Population population = noisy_population(60);
  for (std::size_t i = 0; i < population.y.size(); ++i) population.y[i] = 7 + 2 * population.x[i];
  std::mt19937_64 random(5);
  const Estimate estimate = population.estimate(5, random);
  EXPECT_NEAR(estimate.value, population.total(), 1e-6);
  EXPECT_NEAR(estimate.bound(), 0, 1e-3);
}

TEST(EstimateTotal, DoesWithoutXWhereItNeverChanges) {
  Population population = noisy_population(60);
  std::fill(population.x.begin(), population.x.end(), 5.0);
  std::mt19937_64 random(6);
  const Estimate estimate = population.estimate(10, random);
  EXPECT_NEAR(estimate.value, population.total(), estimate.bound() * 2);
  EXPECT_GT(estimate.bound(), 0);
}

// Quantiles of Student's t as tables print them.
TEST(Estimate, BoundsAreStudents) {
  for (const auto& [freedom, quantile] : {std::pair{1.0, 12.706}, {5.0, 2.571}, {10.0, 2.228}, {30.0, 2.042}})
    EXPECT_NEAR((Estimate{100, 4, 16 / freedom}.bound()), 2 * quantile, 0.004) << freedom;
}

TEST(Estimate, SumsAddVariances) {
  Estimate sum{100, 9, 81.0 / 10};
  sum += Estimate{50, 16, 256.0 / 10};
  EXPECT_EQ(sum.value, 150);
  EXPECT_EQ(sum.variance, 25);
  EXPECT_NEAR(sum.bound(), 5 * 2.1, 0.05) << "between 10 and 20 degrees of freedom";
}

}  // namespace
}  // namespace neartile::array
