#include "neartile/pe/stimulus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace neartile::pe {
namespace {

constexpr StimulusSettings many{.transitions = 256 * 4000 - 1};

TEST(RandomStimulus, HasEveryPatternOfBothOperandsAboutEquallyOften) {
  std::array<double, 256> activations{}, weights{};
  for (const OperandPair& pair : random_stimulus(many)) {
    ++activations[pair.activation];
    ++weights[pair.weight];
  }
  for (int i = 0; i < 256; ++i) {
    EXPECT_NEAR(activations[i], 4000, 6 * std::sqrt(4000.0));
    EXPECT_NEAR(weights[i], 4000, 6 * std::sqrt(4000.0));
  }
}

TEST(HeldStimulus, ChangesItsWeightEvery256Operations) {
  const auto stimulus = held_stimulus(Operands::u8u8, {.transitions = 4096});
  ASSERT_EQ(stimulus.size(), 4097u);
  std::set<int> weights;
  for (std::size_t i = 0; i < stimulus.size(); ++i) {
    weights.insert(stimulus[i].weight);
    EXPECT_EQ(stimulus[i].weight, stimulus[i / 256 * 256].weight);
  }
  EXPECT_GT(weights.size(), 10u);
}

TEST(HeldStimulus, HasTheStatedWeights) {
  for (const Operands operands : {Operands::u8u8, Operands::u8s8}) {
    const auto stimulus = held_stimulus(operands, many);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < stimulus.size(); i += 256) {
      const double weight = weight_value(operands, stimulus[i].weight);
      sum += weight;
      squares += weight * weight;
    }
    const double mean = sum / 4000;
    EXPECT_NEAR(mean, operands == Operands::u8u8 ? 128 : 0, 3);
    EXPECT_NEAR(std::sqrt(squares / 4000 - mean * mean), 40, 2);
  }
}

// E|N(0, s)| = s sqrt(2 / pi).
TEST(HeldStimulus, HasTheStatedActivations) {
  for (const auto& [operands, sigma] : {std::pair(Operands::u8s8, 50.0), std::pair(Operands::s8s8, 32.0)}) {
    double zeros = 0, sum = 0;
    const auto stimulus = held_stimulus(operands, many);
    for (const OperandPair& pair : stimulus) {
      const int activation = activation_value(operands, pair.activation);
      EXPECT_GE(activation, 0);
      zeros += activation == 0;
      sum += activation;
    }
    const auto count = static_cast<double>(stimulus.size());
    EXPECT_NEAR(zeros / count, 0.5, 0.005);
    EXPECT_NEAR(sum / (count - zeros), sigma * 0.79788, 0.01 * sigma);
  }
}

TEST(Stimulus, OfOneSeedIsOneStimulus) {
  const auto same = [](const OperandPair& a, const OperandPair& b) {
    return a.activation == b.activation && a.weight == b.weight;
  };
  const auto first = random_stimulus(), again = random_stimulus(), other = random_stimulus({.seed = 2});
  EXPECT_TRUE(std::equal(first.begin(), first.end(), again.begin(), same));
  EXPECT_FALSE(std::equal(first.begin(), first.end(), other.begin(), same));
}

}  // namespace
}  // namespace neartile::pe
