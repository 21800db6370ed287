#include "neartile/array/stimulus.h"

#include <gtest/gtest.h>

#include "neartile/array/cycle_law.h"
#include "random_stimulus.h"

namespace neartile::array {
namespace {

using namespace testing_support;

// Two rows, two columns, one vector {3, 5} on weights {{1, 2}, {4, 6}}, as early as can be.
ArrayStimulus small_stimulus() {
  TileStimulus tile;
  tile.m = 1;
  tile.k = tile.n = 2;
  tile.activations = {3, 5};
  tile.weights = {1, 2, 4, 6};
  tile.entries = {1};
  return {{tile}, {}};
}

ArrayConfig array_of(std::uint64_t rows, std::uint64_t columns) {
  return {rows, columns, {}};
}

TEST(Stimulus, SkewsVectorsByRowAndWeightsByColumn) {
  const auto edges = edges_of(array_of(2, 2), small_stimulus());
  ASSERT_EQ(edges.size(), 5u);
  const RowEdge load{0, false, false, false, true, true}, nothing{};
  const RowEdge first{3, true, true, true, true, true}, second{5, true, true, true, false, false};
  EXPECT_EQ(edges[0].rows, (std::vector<RowEdge>{load, nothing}));
  EXPECT_EQ(edges[1].rows, (std::vector<RowEdge>{first, load}));
  EXPECT_EQ(edges[2].rows, (std::vector<RowEdge>{nothing, second}));
  EXPECT_EQ(edges[0].weights, (std::vector<std::uint8_t>{4, 0}));
  EXPECT_EQ(edges[1].weights, (std::vector<std::uint8_t>{1, 6}));
  EXPECT_EQ(edges[2].weights, (std::vector<std::uint8_t>{0, 2}));
}

TEST(Stimulus, RepeatsTheEdgeWhileTheArrayStandsStill) {
  ArrayStimulus stimulus = small_stimulus();
  stimulus.stalls = {1, 2, 4};
  const auto edges = edges_of(array_of(2, 2), stimulus);
  ASSERT_EQ(edges.size(), 8u);
  const std::vector<bool> run = {true, false, false, true, false, true, true, true};
  for (std::size_t i = 0; i < edges.size(); ++i) EXPECT_EQ(edges[i].run, run[i]) << i;
  EXPECT_EQ(edges[1].rows, edges[3].rows);
  EXPECT_EQ(edges[4].rows, edges[5].rows);
  EXPECT_EQ(clock_cycles(stimulus, 4), (std::vector<std::uint64_t>{0, 3, 5, 6, 7}));
}

TEST(Stimulus, RefusesLoadsThatTakeAWeightFromATileAtWork) {
  ArrayConfig config = array_of(2, 2);
  ArrayStimulus stimulus = small_stimulus();
  stimulus.tiles.push_back(stimulus.tiles[0]);
  TileStimulus& second = stimulus.tiles[1];
  second.load_start = 2;
  second.entries = {3};
  EXPECT_NO_THROW(require_valid(config, stimulus));
  stimulus.tiles[0].entries = {3};
  second.entries = {4};
  EXPECT_THROW(require_valid(config, stimulus), std::invalid_argument);  // its register is selected until 3
  second.load_start = 3;
  EXPECT_NO_THROW(require_valid(config, stimulus));
  config.pe.weight_registers = 1;
  EXPECT_THROW(require_valid(config, stimulus), std::invalid_argument);
  second.load_start = 4;
  second.entries = {5};
  EXPECT_NO_THROW(require_valid(config, stimulus));
  second.weights.pop_back();
  EXPECT_THROW(require_valid(config, stimulus), std::invalid_argument);
}

// What the schedule of the cycle laws places is a valid stimulus, and settles when the law says.
TEST(Stimulus, HoldsWhatTheScheduleOfTheLawsPlaces) {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    RandomCase drawn(random);
    drawn.stimulus.stalls.clear();
    TileSchedule schedule(drawn.config);
    TileTiming timing;
    for (TileStimulus& tile : drawn.stimulus.tiles) {
      timing = schedule.place(random() % 60, tile.m);
      tile.load_start = timing.load_start;
      for (std::size_t m = 0; m < tile.m; ++m) tile.entries[m] = timing.stream_start + m;
    }
    ASSERT_NO_THROW(require_valid(drawn.config, drawn.stimulus));
    ASSERT_EQ(settled_time(drawn.config, drawn.stimulus), timing.end);
  }
}

}  // namespace
}  // namespace neartile::array
