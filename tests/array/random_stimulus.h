#pragma once

#include <algorithm>

#include "neartile/array/stimulus.h"
#include "random_operands.h"

namespace neartile::array::testing_support {

/// Operands of a tile, often partial, often with many zeros or with runs of equal activations.
inline TileStimulus random_operands_of(std::mt19937& random, const ArrayConfig& config) {
  TileStimulus tile;
  tile.m = random_between(random, 1, random() % 2 ? 3 : 20);
  tile.k = random() % 2 ? config.rows : random_between(random, 1, config.rows);
  tile.n = random() % 2 ? config.columns : random_between(random, 1, config.columns);
  tile.activations = random_patterns(random, tile.m * tile.k);
  tile.weights = random_weights(random, tile.k * tile.n);
  const unsigned zeros = random() % 4 * 25;
  for (auto& activation : tile.activations)
    if (random() % 100 < zeros) activation = 0;
  for (auto& weight : tile.weights)
    if (random() % 100 < zeros) weight = 0;
  return tile;
}

/// The earliest load that docs/reference/array.md allows behind `before`.
inline std::uint64_t earliest_load(const ArrayConfig& config, const TileStimulus& before) {
  return std::max(before.load_start + config.rows,
                  config.pe.weight_registers == 2 ? before.entries.front() : before.last_entry() + 1);
}

/// Places the tile behind `before` (null: the first): at once or late, with or without bubbles.
inline void place_tile(std::mt19937& random, const ArrayConfig& config, const TileStimulus* before,
                       TileStimulus& tile) {
  const bool is_late = random() % 3 == 0, has_bubbles = random() % 3 == 0;
  tile.load_start = (before ? earliest_load(config, *before) : 0) + (is_late ? random() % 30 : 0);
  std::uint64_t entry = tile.load_start + config.rows - 1;
  if (before) entry = std::max(entry, before->last_entry() + 1);
  if (has_bubbles) entry += random() % 4;
  for (std::size_t m = 0; m < tile.m; ++m) {
    tile.entries.push_back(entry);
    entry += 1 + (has_bubbles && random() % 2 ? random() % 4 : 0);
  }
}

/// Up to five tiles and some stalls for the array.
inline ArrayStimulus random_stimulus(std::mt19937& random, const ArrayConfig& config) {
  ArrayStimulus stimulus;
  const std::size_t count = random_between(random, 1, 5);
  for (std::size_t i = 0; i < count; ++i) {
    TileStimulus tile = random_operands_of(random, config);
    place_tile(random, config, i > 0 ? &stimulus.tiles.back() : nullptr, tile);
    stimulus.tiles.push_back(std::move(tile));
  }
  const unsigned stalled = random() % 3 * 15;
  const std::uint64_t end = settled_time(config, stimulus);
  for (std::uint64_t cycle = 0; cycle < end; ++cycle)
    if (random() % 100 < stalled) stimulus.stalls.push_back(cycle);
  return stimulus;
}

/// An array of up to `most` x `most` PEs of a random type, and a stimulus for it.
struct RandomCase {
  explicit RandomCase(std::mt19937& random, std::size_t most = 9) : type(random_type(random)) {
    config.rows = random_between(random, 1, most);
    config.columns = random_between(random, 1, most);
    config.pe = type.config;
    stimulus = random_stimulus(random, config);
  }

  pe::PeType type;
  ArrayConfig config;
  ArrayStimulus stimulus;
};

}  // namespace neartile::array::testing_support
