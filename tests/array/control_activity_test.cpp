#include "neartile/array/control_activity.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "random_stimulus.h"
#include "random_tiles.h"

namespace neartile::array {
namespace {

using namespace testing_support;

TEST(ControlActivity, IsThatOfTheRegisters) {
  std::mt19937 random(4);
  std::uint64_t back_to_back_loads = 0;
  for (int i = 0; i < 400; ++i) {
    const RandomRun run(random);
    ControlActivity activity(run.config, run.type);
    traces::ToggleCounts counts;
    for (const auto& tile : run.tiles)
      counts += activity.place(tile.timing, {tile.weights.data(), tile.k, tile.n});
    ReferenceArray model(run.config, run.type);
    model.run(run.tiles);
    ASSERT_EQ(to_string(counts), to_string(model.others)) << fmt::format(
        "case {}: {} x {}, {}", i, run.config.rows, run.config.columns, name_of(run.type.config));
    ASSERT_EQ(activity.clock_edges(model.last_edge), model.clocks) << name_of(run.type.config);
    for (std::size_t t = 1; t < run.tiles.size(); ++t)
      back_to_back_loads +=
          run.tiles[t].timing.load_start == run.tiles[t - 1].timing.load_start + run.config.rows;
  }
  EXPECT_GT(back_to_back_loads, 20u) << "the case of loads without a gap was hardly met";
}

TEST(ControlActivity, IsThatOfTheRegistersWithBubblesAndStalls) {
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    const RandomCase drawn(random);
    ControlActivity activity(drawn.config, drawn.type);
    traces::ToggleCounts counts;
    for (const auto& tile : drawn.stimulus.tiles) counts += activity.place(tile);
    ReferenceArray model(drawn.config, drawn.type);
    model.run(drawn.stimulus);
    ASSERT_EQ(to_string(counts), to_string(model.others)) << fmt::format(
        "case {}: {} x {}, {}", i, drawn.config.rows, drawn.config.columns, name_of(drawn.type.config));
    const std::uint64_t moving = settled_time(drawn.config, drawn.stimulus);
    const std::uint64_t cycles = edges_of(drawn.config, drawn.stimulus).size();
    ASSERT_EQ(activity.clock_edges(cycles, cycles - moving), model.clocks) << name_of(drawn.type.config);
  }
}

TEST(ControlActivity, BeginsAnewAfterReset) {
  const std::vector<std::int8_t> weights = {1, -2, 3, 4};
  const pe::PeType type{pe::PeConfig()};
  ControlActivity activity({2, 2, {}}, type);
  TileSchedule schedule({2, 2, {}});
  const TileTiming timing = schedule.place(0, 3);
  const auto first = activity.place(timing, {weights.data(), 2, 2});
  activity.reset();
  EXPECT_EQ(to_string(activity.place(timing, {weights.data(), 2, 2})), to_string(first));
  EXPECT_GT(first.weight, 0u);
}

TEST(ControlActivity, StopsGatedClocksInStalls) {
  pe::PeConfig config;
  const std::vector<std::int8_t> weights(12, 1);
  const auto edges = [&](std::uint64_t cycles, std::uint64_t stalled) {
    const ArrayConfig array{3, 4, config};
    ControlActivity activity(array, pe::PeType(config));
    activity.place(TileSchedule(array).place(0, 10), {weights.data(), 3, 4});
    return activity.clock_edges(cycles, stalled);
  };
  EXPECT_EQ(edges(30, 10), (traces::ClockCounts{8 * 10 * 12, 32 * 10 * 12, 8 * 6 * 4, 5 * 12 * 20}));
  config.clock_gating = false;
  EXPECT_EQ(edges(30, 10), (traces::ClockCounts{8 * 12 * 30, 32 * 12 * 30, 16 * 12 * 30, 5 * 12 * 30}));
}

}  // namespace
}  // namespace neartile::array
