#include "neartile/array/stimulus.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>

namespace neartile::array {
namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(std::string("stimulus: ") + what);
}

void require_sizes(const ArrayConfig& config, const TileStimulus& tile) {
  require(tile.m > 0 && tile.k > 0 && tile.n > 0, "a tile has at least one vector, row and column");
  require(tile.k <= config.rows && tile.n <= config.columns, "a tile fits the array");
  require(tile.activations.size() == tile.m * tile.k && tile.weights.size() == tile.k * tile.n &&
              tile.entries.size() == tile.m,
          "operands and entries are as many as m, k and n say");
  require(std::adjacent_find(tile.entries.begin(), tile.entries.end(), std::greater_equal<>()) ==
              tile.entries.end(),
          "vectors enter one after the other");
  require(tile.entries.front() + 1 >= tile.load_start + config.rows,
          "the first vector enters on the last load edge or later");
}

void require_order(const ArrayConfig& config, const TileStimulus& before, const TileStimulus& tile) {
  require(tile.load_start >= before.load_start + config.rows, "loads do not overlap");
  require(tile.entries.front() > before.last_entry(), "streams do not overlap");
}

void require_weights_kept(const ArrayConfig& config, const TileStimulus& before, const TileStimulus& tile) {
  if (config.pe.weight_registers == 2)
    require(tile.load_start >= before.entries.front(), "a load waits until its register is out of use");
  else
    require(tile.load_start > before.last_entry(), "a load waits until the tile before has streamed");
}

// What passes with vector `vector` of the tile.
void put_vector(const ArrayConfig& config, const TileStimulus& tile, std::size_t vector, bool select,
                std::vector<ArrayEdge>& edges) {
  for (std::size_t r = 0; r < config.rows; ++r) {
    RowEdge& row = edges[tile.entries[vector] + r].rows[r];
    row.v = true;
    row.s = select;
    row.e = r < tile.k;
    row.a = row.e ? tile.activations[vector * tile.k + r] : std::uint8_t{0};
  }
}

// A load: row r takes part in the last R - r of its R cycles; column c is c cycles late.
void put_load(const ArrayConfig& config, const TileStimulus& tile, bool bank, std::vector<ArrayEdge>& edges) {
  for (std::size_t i = 0; i < config.rows; ++i) {
    for (std::size_t r = 0; r <= i; ++r) {
      RowEdge& row = edges[tile.load_start + i].rows[r];
      row.l = true;
      row.b = bank;
    }
    const std::size_t from = config.rows - 1 - i;
    if (from >= tile.k) continue;
    for (std::size_t c = 0; c < tile.n; ++c)
      edges[tile.load_start + c + i].weights[c] = static_cast<std::uint8_t>(tile.weights[from * tile.n + c]);
  }
}

// An edge can show it; whether weights in use are safe is another question.
void require_shown(const ArrayConfig& config, const ArrayStimulus& stimulus) {
  for (std::size_t i = 0; i < stimulus.tiles.size(); ++i) {
    require_sizes(config, stimulus.tiles[i]);
    if (i > 0) require_order(config, stimulus.tiles[i - 1], stimulus.tiles[i]);
  }
  require(std::adjacent_find(stimulus.stalls.begin(), stimulus.stalls.end(), std::greater_equal<>()) ==
              stimulus.stalls.end(),
          "stalled cycles are in order");
}

}  // namespace

void require_valid(const ArrayConfig& config, const ArrayStimulus& stimulus) {
  require_shown(config, stimulus);
  for (std::size_t i = 1; i < stimulus.tiles.size(); ++i)
    require_weights_kept(config, stimulus.tiles[i - 1], stimulus.tiles[i]);
}

std::uint64_t settled_time(const ArrayConfig& config, const ArrayStimulus& stimulus) {
  if (stimulus.tiles.empty()) return 0;
  // With the last vector's last sum the valid bit leaves the last PE.
  return stimulus.tiles.back().last_entry() + config.rows + config.columns;
}

std::vector<std::uint64_t> clock_cycles(const ArrayStimulus& stimulus, std::uint64_t end) {
  std::vector<std::uint64_t> cycles;
  cycles.reserve(end + 1);
  auto stall = stimulus.stalls.begin();
  for (std::uint64_t cycle = 0; cycles.size() <= end; ++cycle) {
    if (stall != stimulus.stalls.end() && *stall == cycle)
      ++stall;
    else
      cycles.push_back(cycle);
  }
  return cycles;
}

std::vector<ArrayEdge> edges_of(const ArrayConfig& config, const ArrayStimulus& stimulus) {
  require_shown(config, stimulus);
  const std::uint64_t end = settled_time(config, stimulus);
  std::vector<ArrayEdge> moving(
      end, {true, std::vector<RowEdge>(config.rows), std::vector<std::uint8_t>(config.columns, 0)});
  for (std::size_t i = 0; i < stimulus.tiles.size(); ++i) {
    const TileStimulus& tile = stimulus.tiles[i];
    const bool weights = weight_register(config, i) == 1;
    put_load(config, tile, weights, moving);
    for (std::size_t m = 0; m < tile.m; ++m) put_vector(config, tile, m, weights, moving);
  }
  // Where the array stands still, its edge waits with it.
  std::vector<ArrayEdge> edges;
  auto stall = stimulus.stalls.begin();
  for (const ArrayEdge& edge : moving) {
    for (; stall != stimulus.stalls.end() && *stall == edges.size(); ++stall) {
      edges.push_back(edge);
      edges.back().run = false;
    }
    edges.push_back(edge);
  }
  return edges;
}

}  // namespace neartile::array
