// Every SIMD target that this processor has gives the model's figures, not only the best one.
#include <gtest/gtest.h>
#include <hwy/highway.h>
#include <hwy/targets.h>

#include "neartile/array/array_kernel.h"
#include "neartile/array/gemm.h"
#include "random_tiles.h"

namespace neartile::array {
namespace {

using namespace testing_support;

class SimdTarget : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override {
    if ((hwy::SupportedTargets() & GetParam()) == 0) GTEST_SKIP() << "not on this processor or build";
    hwy::SetSupportedTargetsForTest(GetParam());
    // The portable one goes by several names.
    if (GetParam() < HWY_EMU128) ASSERT_STREQ(simd_target(), hwy::TargetName(GetParam()));
  }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

TEST_P(SimdTarget, KernelGivesTheModelsToggles) {
  std::mt19937 random(11);
  for (int i = 0; i < 25; ++i) {
    const RandomRun run(random, 20, i % 5 == 0 ? 100 : 9);
    ReferenceArray model(run.config, run.type);
    model.run(run.tiles);
    ArrayKernel kernel(run.config, run.type);
    traces::ToggleCounts toggles;
    for (const auto& tile : run.tiles) {
      std::vector<std::int32_t> sums(tile.m * tile.n);
      toggles += kernel.run({tile.activations.data(), tile.m, tile.k}, {tile.weights.data(), tile.k, tile.n},
                            {sums.data(), tile.m, tile.n});
    }
    ASSERT_EQ(toggles, model.toggles) << to_string(toggles) << ", expected " << to_string(model.toggles);
  }
}

// The same sample on every target: equal to what the portable one makes of it.
TEST_P(SimdTarget, KernelEstimatesAlike) {
  std::mt19937 random(13);
  for (int i = 0; i < 12; ++i) {
    const auto type = random_type(random);
    const ArrayConfig config{random_between(random, 1, 20), random_between(random, 1, 130), type.config};
    const std::size_t m = random_between(random, 20, 150), k = random_between(random, 1, config.rows),
                      n = random_between(random, 1, config.columns);
    const auto activations = random_patterns(random, m * k);
    const auto weights = random_weights(random, k * n);
    const auto estimate = [&] {
      return ArrayKernel(config, type).estimate({activations.data(), m, k}, {weights.data(), k, n});
    };
    hwy::SetSupportedTargetsForTest(GetParam());
    const ToggleEstimate here = estimate();
    hwy::SetSupportedTargetsForTest(HWY_EMU128 | HWY_SCALAR);
    const ToggleEstimate there = estimate();
    ASSERT_EQ(here.activation, there.activation);
    ASSERT_EQ(here.product.value, there.product.value) << name_of(type.config);
    ASSERT_EQ(here.partial_sum.value, there.partial_sum.value) << name_of(type.config);
    ASSERT_EQ(here.partial_sum.variance, there.partial_sum.variance);
  }
}

TEST_P(SimdTarget, GemmGivesTheReferencesSums) {
  std::mt19937 random(12);
  for (int i = 0; i < 25; ++i) {
    const auto type = random_type(random);
    const std::size_t m = i % 6 == 0 ? 1100 : random_between(random, 1, 30),
                      k = random_between(random, 1, 40), n = random_between(random, 1, 90),
                      rows = random_between(random, 1, 40);
    const auto activations = random_patterns(random, m * k);
    const auto weights = random_weights(random, k * n);
    std::vector<std::int32_t> sums(m * n), expected(m * n);
    Gemm(type, rows, {weights.data(), k, n})({activations.data(), m, k}, {sums.data(), m, n});
    reference_gemm(type, rows, {activations.data(), m, k}, {weights.data(), k, n}, {expected.data(), m, n});
    ASSERT_EQ(sums, expected) << name_of(type.config);
  }
}

std::vector<std::int64_t> all_targets() {
  std::vector<std::int64_t> targets;
  for (int bit = 0; bit < 62; ++bit)
    if (hwy::SupportedTargets() >> bit & 1) targets.push_back(std::int64_t{1} << bit);
  return targets;
}

INSTANTIATE_TEST_SUITE_P(Targets, SimdTarget, testing::ValuesIn(all_targets()), [](const auto& tested) {
  return std::string(tested.param < HWY_EMU128 ? hwy::TargetName(tested.param) : "Portable");
});

}  // namespace
}  // namespace neartile::array
