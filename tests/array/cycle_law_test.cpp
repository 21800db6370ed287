#include "neartile/array/cycle_law.h"

#include <gtest/gtest.h>

#include "random_tiles.h"
#include "support/comma_rows.h"
#include "support/shared_data.h"

namespace neartile::array {
namespace {

using namespace testing_support;
using neartile::testing_support::comma_rows;
using neartile::testing_support::shared_data;

ArrayConfig array_of(std::size_t rows, std::size_t columns, std::uint64_t weight_registers) {
  ArrayConfig config{rows, columns, {}};
  config.pe.weight_registers = weight_registers;
  return config;
}

ReferenceTile random_tile(std::mt19937& random, const ArrayConfig& config, std::size_t vectors) {
  ReferenceTile tile;
  tile.m = vectors;
  tile.k = config.rows;
  tile.n = config.columns;
  tile.activations = random_patterns(random, tile.m * tile.k);
  tile.weights = random_weights(random, tile.k * tile.n);
  return tile;
}

TEST(CycleLaw, IsWhatTheScheduleAddsUpTo) {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const auto config =
        array_of(random_between(random, 1, 40), random_between(random, 1, 40), random_between(random, 1, 2));
    const std::uint64_t vectors = random_between(random, 1, 90), tiles = random_between(random, 1, 7);
    TileSchedule schedule(config);
    TileTiming timing;
    for (std::uint64_t t = 0; t < tiles; ++t) timing = schedule.place(0, vectors);
    const std::uint64_t r = config.rows, c = config.columns;
    const std::uint64_t law = config.pe.weight_registers == 1
                                  ? tiles * (2 * r + c + vectors - 2)
                                  : r + (tiles - 1) * std::max(vectors, r) + vectors + r + c - 2;
    ASSERT_EQ(timing.end, law);
    ASSERT_EQ(tiles_cycles(config, tiles, vectors), Cycles(law));
  }
}

TEST(CycleLaw, IsWhatTheRegistersTake) {
  std::mt19937 random(2);
  for (int i = 0; i < 150; ++i) {
    const auto config =
        array_of(random_between(random, 1, 9), random_between(random, 1, 9), random_between(random, 1, 2));
    const std::size_t vectors = random_between(random, 1, 14), count = random_between(random, 1, 4);
    TileSchedule schedule(config);
    std::vector<ReferenceTile> tiles;
    for (std::size_t t = 0; t < count; ++t) {
      tiles.push_back(random_tile(random, config, vectors));
      tiles.back().timing = schedule.place(0, vectors);
    }
    ReferenceArray model(config, pe::PeType(config.pe));
    model.run(tiles);
    ASSERT_EQ(Cycles(model.last_edge), tiles_cycles(config, count, vectors));
  }
}

// Sums and product toggles of three tiles, the last of which loads `early` cycles before its time.
std::pair<std::vector<std::vector<std::int32_t>>, std::uint64_t> three_tiles(const ArrayConfig& config,
                                                                             std::uint64_t early) {
  std::mt19937 random(3);
  TileSchedule schedule(config);
  std::vector<ReferenceTile> tiles;
  for (const std::size_t vectors : {20, 20, 20}) {
    tiles.push_back(random_tile(random, config, vectors));
    tiles.back().timing = schedule.place(0, vectors);
  }
  tiles.back().timing.load_start -= early;
  ReferenceArray model(config, pe::PeType(config.pe));
  model.run(tiles);
  return {model.left, model.toggles.product};
}

TEST(TileSchedule, LoadsAsEarlyAsNobodySees) {
  const auto config = array_of(5, 4, 2);
  const auto in_time = three_tiles(config, 0);
  EXPECT_NE(three_tiles(config, 1), in_time) << "a weight in use changed";
  EXPECT_NE(three_tiles(array_of(5, 4, 1), 9), three_tiles(array_of(5, 4, 1), 0));
}

TEST(TileSchedule, WaitsForOperands) {
  TileSchedule schedule(array_of(8, 8, 2));
  EXPECT_EQ(schedule.place(100, 4).load_start, 100u);
  EXPECT_EQ(schedule.place(0, 4).load_start, 108u) << "the load port is free";
  EXPECT_EQ(schedule.place(1000, 4).stream_start, 1007u);
  schedule.reset();
  EXPECT_EQ(schedule.place(0, 4).end, 2 * 8 + 8 + 4 - 2u);
}

TEST(TileSchedule, GoesOnAfterAnyTile) {
  for (const std::uint64_t registers : {1, 2}) {
    const auto config = array_of(8, 5, registers);
    TileSchedule whole(config);
    TileTiming last;
    for (const std::uint64_t vectors : {3, 8, 8, 20, 8, 1}) {
      TileSchedule rest(config, last);
      const bool is_first = last.end == 0;
      last = whole.place(7, vectors);
      if (!is_first) EXPECT_EQ(rest.place(7, vectors).end, last.end);
    }
  }
}

TEST(CycleLaw, OfNoWorkIsNothing) {
  const auto config = array_of(8, 8, 2);
  EXPECT_EQ(tiles_cycles(config, 0, 5), Cycles(0));
  EXPECT_EQ(gemm_cycles(config, 0, 5, 5), Cycles(0));
  EXPECT_EQ(gemm_cycles(config, 5, 0, 5), Cycles(0));
}

TEST(CycleLaw, IsScaleSimsForGemms) {
  NEARTILE_NEEDS_SHARED();
  const auto rows = comma_rows(shared_data() / "reference/cycles/gemm.csv");
  ASSERT_GT(rows.size(), 10u);
  for (auto row : rows) {
    row.erase(row.begin(), row.end() - 7);  // a shape's name may contain commas
    const auto x = row.at(3).find('x');
    const auto config = array_of(std::stoul(row[3].substr(0, x)), std::stoul(row[3].substr(x + 1)), 1);
    EXPECT_EQ(gemm_cycles(config, std::stoul(row.at(0)), std::stoul(row.at(2)), std::stoul(row.at(1))),
              Cycles(std::stoul(row.at(4))))
        << row[0] << "x" << row[1] << "x" << row[2] << " on " << row[3];
  }
}

TEST(CycleLaw, IsScaleSimsForResNet50) {
  NEARTILE_NEEDS_SHARED();
  const auto rows = comma_rows(shared_data() / "reference/cycles/resnet50_ws128.csv");
  ASSERT_GT(rows.size(), 40u);
  for (const auto& row : rows)
    EXPECT_EQ(gemm_cycles(array_of(128, 128, 1), std::stoul(row.at(3)), std::stoul(row.at(4)),
                          std::stoul(row.at(5))),
              Cycles(std::stoul(row.at(8))))
        << row[0];
}

}  // namespace
}  // namespace neartile::array
