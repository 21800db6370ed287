#include "neartile/array/cycle_law.h"

#include <algorithm>

namespace neartile::array {

Cycles tile_cycles(const ArrayConfig& config, std::uint64_t vectors) {
  return Cycles(2 * config.rows + config.columns + vectors - 2);
}

Cycles tiles_cycles(const ArrayConfig& config, std::uint64_t tiles, std::uint64_t vectors) {
  if (tiles == 0) return Cycles(0);
  if (config.pe.weight_registers < 2) return tile_cycles(config, vectors) * tiles;
  return tile_cycles(config, vectors) + Cycles(std::max(vectors, config.rows)) * (tiles - 1);
}

Cycles gemm_cycles(const ArrayConfig& config, std::uint64_t m, std::uint64_t k, std::uint64_t n) {
  if (m == 0) return Cycles(0);
  const auto tiles_along = [](std::uint64_t size, std::uint64_t tile) { return (size + tile - 1) / tile; };
  return tiles_cycles(config, tiles_along(k, config.rows) * tiles_along(n, config.columns), m);
}

TileTiming TileSchedule::place(std::uint64_t ready, std::uint64_t vectors) {
  TileTiming next;
  next.load_start = ready;
  if (!first_) {
    const std::uint64_t port_free = last_.load_start + config_.rows;
    const std::uint64_t register_free = config_.pe.weight_registers < 2 ? last_.end : last_.stream_start;
    next.load_start = std::max({ready, port_free, register_free});
  }
  next.stream_start = std::max(next.load_start + config_.rows - 1, first_ ? 0 : last_.stream_end);
  next.stream_end = next.stream_start + vectors;
  // The last vector enters PE(0,0) on the edge stream_end, PE(R-1,C-1) R + C - 2 edges later; its sum is
  // registered on the edge after that.
  next.end = next.stream_end + config_.rows + config_.columns - 1;
  first_ = false;
  return last_ = next;
}

}  // namespace neartile::array
