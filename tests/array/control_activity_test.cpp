#include "neartile/array/control_activity.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "random_tiles.h"

namespace neartile::array {
namespace {

using namespace testing_support;

TEST(ControlActivity, IsThatOfTheRegisters) {
  std::mt19937 random(4);
  std::uint64_t back_to_back_loads = 0;
  for (int i = 0; i < 400; ++i) {
    const RandomRun run(random);
    ControlActivity activity(run.config);
    traces::ToggleCounts counts;
    for (const auto& tile : run.tiles)
      counts += activity.place(tile.timing, {tile.weights.data(), tile.k, tile.n});
    ReferenceArray model(run.config, run.type);
    model.run(run.tiles);
    ASSERT_EQ(to_string(counts), to_string(model.others)) << fmt::format(
        "case {}: {} x {}, {}", i, run.config.rows, run.config.columns, name_of(run.type.config));
    for (std::size_t t = 1; t < run.tiles.size(); ++t)
      back_to_back_loads +=
          run.tiles[t].timing.load_start == run.tiles[t - 1].timing.load_start + run.config.rows;
  }
  EXPECT_GT(back_to_back_loads, 20u) << "the case of loads without a gap was hardly met";
}

TEST(ControlActivity, BeginsAnewAfterReset) {
  const std::vector<std::int8_t> weights = {1, -2, 3, 4};
  ControlActivity activity({2, 2, {}});
  TileSchedule schedule({2, 2, {}});
  const TileTiming timing = schedule.place(0, 3);
  const auto first = activity.place(timing, {weights.data(), 2, 2});
  activity.reset();
  EXPECT_EQ(to_string(activity.place(timing, {weights.data(), 2, 2})), to_string(first));
  EXPECT_GT(first.weight, 0u);
}

}  // namespace
}  // namespace neartile::array
