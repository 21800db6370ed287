#pragma once

#include "random_operands.h"
#include "reference_array.h"

namespace neartile::array::testing_support {

/// An array of a random type and size, and tiles for it as the schedule places them: partial in both
/// directions, some of them late.
struct RandomRun {
  explicit RandomRun(std::mt19937& random, std::size_t most_rows = 9, std::size_t most_columns = 9)
      : type(random_type(random)) {
    config.rows = random_between(random, 1, most_rows);
    config.columns = random_between(random, 1, most_columns);
    config.pe = type.config;
    TileSchedule schedule(config);
    const std::size_t count = random_between(random, 1, 5);
    for (std::size_t i = 0; i < count; ++i) {
      ReferenceTile tile;
      tile.m = random_between(random, 1, random() % 2 ? 3 : 20);
      tile.k = random() % 2 ? config.rows : random_between(random, 1, config.rows);
      tile.n = random() % 2 ? config.columns : random_between(random, 1, config.columns);
      tile.activations = random_patterns(random, tile.m * tile.k);
      tile.weights = random_weights(random, tile.k * tile.n);
      tile.timing = schedule.place(random() % 2 ? 0 : random_between(random, 0, 80), tile.m);
      tiles.push_back(tile);
    }
  }

  pe::PeType type;
  ArrayConfig config;
  std::vector<ReferenceTile> tiles;
};

}  // namespace neartile::array::testing_support
