#include "neartile/array/array_kernel.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "lent_threads.h"
#include "neartile/array/gemm.h"
#include "random_tiles.h"

namespace neartile::array {
namespace {

using namespace testing_support;

struct KernelRun {
  explicit KernelRun(const ArrayConfig& config) : by_pe(config.rows, config.columns), left(config.columns) {}

  traces::ToggleCounts toggles;
  PeToggles by_pe;
  std::vector<std::vector<std::int32_t>> left;  // by column, tile after tile
};

void run_tile(ArrayKernel& kernel, const ReferenceTile& tile, KernelRun& run,
              const ParallelFor& parallel = {}) {
  std::vector<std::int32_t> sums(tile.m * tile.n, -1);
  run.toggles += kernel.run({tile.activations.data(), tile.m, tile.k}, {tile.weights.data(), tile.k, tile.n},
                            {sums.data(), tile.m, tile.n}, {&run.by_pe, parallel});
  for (std::size_t c = 0; c < tile.n; ++c)
    for (std::size_t m = 0; m < tile.m; ++m) run.left[c].push_back(sums[m * tile.n + c]);
}

// The kernel's sums of used columns, among all that left the model's columns.
std::vector<std::vector<std::int32_t>> used(const ReferenceArray& model,
                                            const std::vector<ReferenceTile>& tiles) {
  std::vector<std::vector<std::int32_t>> sums(model.left.size());
  std::size_t first = 0;
  for (const auto& tile : tiles) {
    for (std::size_t c = 0; c < tile.n; ++c)
      for (std::size_t m = 0; m < tile.m; ++m) sums[c].push_back(model.left[c].at(first + m));
    first += tile.m;
  }
  return sums;
}

std::string described(const RandomRun& run) {
  std::string text = fmt::format("{} x {} of {} ({}):", run.config.rows, run.config.columns,
                                 name_of(run.type.config), run.type.multiplier.name);
  for (const auto& tile : run.tiles) text += fmt::format(" {}x{}x{}", tile.m, tile.k, tile.n);
  return text;
}

void expect_equal(const PeToggles& toggles, const PeToggles& expected) {
  EXPECT_EQ(toggles.activation, expected.activation);
  EXPECT_EQ(toggles.product, expected.product);
  EXPECT_EQ(toggles.partial_sum, expected.partial_sum);
  EXPECT_EQ(to_string(toggles.total()), to_string(expected.total()));
}

// Random runs, judged after each tile, so that a tile's toggles are its own.
class AnyTable : public testing::TestWithParam<int> {};

TEST_P(AnyTable, GivesTheModelsSumsAndTogglesTileByTile) {
  std::mt19937 random(static_cast<unsigned>(GetParam()));
  traces::ToggleCounts all;
  for (int i = 0; i < 60; ++i) {
    const RandomRun run(random);
    ArrayKernel kernel(run.config, run.type);
    KernelRun result(run.config);
    std::vector<ReferenceTile> so_far;
    for (const auto& tile : run.tiles) {
      run_tile(kernel, tile, result);
      so_far.push_back(tile);
      ReferenceArray model(run.config, run.type);
      model.run(so_far);
      ASSERT_EQ(result.left, used(model, so_far)) << described(run);
      ASSERT_EQ(to_string(result.toggles), to_string(model.toggles)) << described(run);
      expect_equal(result.by_pe, model.by_pe);
      ASSERT_FALSE(HasFailure()) << described(run);
    }
    all += result.toggles;
  }
  EXPECT_GT(all.activation, 0u);
  EXPECT_GT(all.product, all.activation / 4);
  EXPECT_GT(all.partial_sum, all.activation / 4);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyTable, testing::Range(1, 7));

// Arrays of several panels of 64 columns, with and without threads.
TEST(ArrayKernel, GivesTheModelsTogglesOnWideArrays) {
  std::mt19937 random(21);
  for (int i = 0; i < 12; ++i) {
    const RandomRun run(random, 20, 200);
    ReferenceArray model(run.config, run.type);
    model.run(run.tiles);
    for (const ParallelFor& parallel : {ParallelFor{}, ParallelFor{lend_threads}}) {
      ArrayKernel kernel(run.config, run.type);
      KernelRun result(run.config);
      for (const auto& tile : run.tiles) run_tile(kernel, tile, result, parallel);
      ASSERT_EQ(result.left, used(model, run.tiles)) << described(run);
      expect_equal(result.by_pe, model.by_pe);
      ASSERT_FALSE(HasFailure()) << described(run);
    }
  }
}

// More vectors than the kernel takes at a time.
TEST(ArrayKernel, GivesTheModelsTogglesOnLongTiles) {
  std::mt19937 random(22);
  for (int i = 0; i < 4; ++i) {
    RandomRun run(random, 4, 3);
    TileSchedule schedule(run.config);
    for (auto& tile : run.tiles) {
      tile.m = random_between(random, 2040, 4200);
      tile.activations = random_patterns(random, tile.m * tile.k);
      tile.timing = schedule.place(0, tile.m);
    }
    ReferenceArray model(run.config, run.type);
    model.run(run.tiles);
    ArrayKernel kernel(run.config, run.type);
    KernelRun result(run.config);
    for (const auto& tile : run.tiles) run_tile(kernel, tile, result);
    ASSERT_EQ(result.left, used(model, run.tiles)) << described(run);
    expect_equal(result.by_pe, model.by_pe);
  }
}

// One PE by hand: f = a w, all registers 0 at first.
TEST(ArrayKernel, CountsEachNetOfOnePe) {
  ArrayKernel kernel({1, 1, {}});
  const std::uint8_t activations[] = {1, 3};
  const std::int8_t weight[] = {5};
  std::int32_t sums[2];
  const auto first = kernel.run({activations, 2, 1}, {weight, 1, 1}, {sums, 2, 1});
  EXPECT_EQ(sums[0], 5);
  EXPECT_EQ(sums[1], 15);
  // Activation 00 -> 01 -> 11; product and sum 0000 -> 0101 -> 1111.
  EXPECT_EQ(first, (traces::ToggleCounts{2, 4, 4}));
  // Then 11 -> 01 -> 11 and 1111 -> 0101 -> 1111: the tile before has left its values.
  EXPECT_EQ(kernel.run({activations, 2, 1}, {weight, 1, 1}, {sums, 2, 1}), (traces::ToggleCounts{2, 4, 4}));
  kernel.reset();
  EXPECT_EQ(kernel.run({activations, 1, 1}, {weight, 1, 1}, {sums, 1, 1}), (traces::ToggleCounts{1, 2, 2}));
}

TEST(ArrayKernel, OneWeightRegisterShowsThePassingWeights) {
  pe::PeConfig pe;
  const std::uint8_t activations[] = {1, 1};
  const std::int8_t weights[] = {1, 2};
  std::int32_t sum = 0;
  const auto second_tile = [&](std::uint64_t registers) {
    pe.weight_registers = registers;
    ArrayKernel kernel({2, 1, pe});
    kernel.run({activations, 1, 2}, {weights, 2, 1}, {&sum, 1, 1});
    return kernel.run({activations, 1, 2}, {weights, 2, 1}, {&sum, 1, 1});
  };
  EXPECT_EQ(second_tile(2).product, 0u) << "the same tile again changes nothing";
  // Row 0 sees 1 -> 2 -> 1 with activation 1 held; row 1 sees 2 -> 2.
  EXPECT_EQ(second_tile(1).product, 4u);
  EXPECT_EQ(second_tile(1).partial_sum, 0u);
}

TEST(ArrayKernel, SumsAreThoseOfTheReferenceOnLargeTiles) {
  std::mt19937 random(9);
  for (const char* multiplier : {"exact", "truncated(4)", "drum(4)"})
    for (const std::uint64_t bits : {18, 32}) {
      const pe::PeConfig pe{pe::Format::u8s8, multiplier, bits, pe::Overflow::saturate, 2};
      constexpr std::size_t m = 70, k = 101, n = 45;
      const auto activations = random_patterns(random, m * k);
      const auto weights = random_weights(random, k * n);
      std::vector<std::int32_t> sums(m * n), expected(m * n);
      ArrayKernel kernel({128, 64, pe});
      kernel.run({activations.data(), m, k}, {weights.data(), k, n}, {sums.data(), m, n});
      reference_gemm(pe::PeType(pe), 128, {activations.data(), m, k}, {weights.data(), k, n},
                     {expected.data(), m, n});
      EXPECT_EQ(sums, expected);
    }
}

TEST(ArrayKernel, RefusesTilesThatDoNotFit) {
  ArrayKernel kernel({2, 2, {}});
  const std::uint8_t activations[3] = {};
  const std::int8_t weights[3] = {};
  std::int32_t sums[3];
  EXPECT_THROW(kernel.run({activations, 1, 3}, {weights, 3, 1}, {sums, 1, 1}), std::invalid_argument);
  EXPECT_THROW(kernel.run({activations, 1, 1}, {weights, 1, 3}, {sums, 1, 3}), std::invalid_argument);
  PeToggles other_size(2, 3);
  EXPECT_THROW(kernel.run({activations, 1, 1}, {weights, 1, 1}, {sums, 1, 1}, {&other_size, {}}),
               std::invalid_argument);
  EXPECT_THROW(kernel.run({activations, 0, 1}, {weights, 1, 1}, {sums, 0, 1}), std::invalid_argument);
}

}  // namespace
}  // namespace neartile::array
