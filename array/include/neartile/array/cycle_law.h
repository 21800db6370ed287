#pragma once

#include <cstdint>

#include "neartile/array/array_config.h"
#include "neartile/pe/base/units.h"

namespace neartile::array {

/// Cycles of one tile that nothing overlaps: 2R + C + M - 2 (SCALE-Sim's weight-stationary law: R to
/// load, R - 1 skew, M stream, C - 1 drain; the first activation enters on the last load edge).
Cycles tile_cycles(const ArrayConfig& config, std::uint64_t vectors);

/// Cycles of `tiles` equal tiles back to back: with one weight register the sum of tile_cycles(), with
/// two R + (T - 1) max(M, R) + M + R + C - 2.
Cycles tiles_cycles(const ArrayConfig& config, std::uint64_t tiles, std::uint64_t vectors);

/// Cycles of an M x K by K x N GEMM in ceil(K/R) ceil(N/C) tiles of M vectors, edge tiles in full.
Cycles gemm_cycles(const ArrayConfig& config, std::uint64_t m, std::uint64_t k, std::uint64_t n);

/// When the parts of a tile happen, in cycles from the start of time.
struct TileTiming {
  std::uint64_t load_start = 0;    ///< first weight at the array's edge
  std::uint64_t stream_start = 0;  ///< first activation at the array's edge
  std::uint64_t stream_end = 0;    ///< the edge takes the next tile's vectors from here
  std::uint64_t end = 0;           ///< last sum registered
};

/// Places tiles on one array in time: the recurrence from which the laws above follow.
class TileSchedule {
 public:
  explicit TileSchedule(const ArrayConfig& config) : config_(config) {}
  /// Goes on after the tile `last`.
  TileSchedule(const ArrayConfig& config, const TileTiming& last)
      : config_(config), first_(false), last_(last) {}
  /// The next tile, of `vectors` >= 1 activations, whose weights and activations are at hand at `ready`.
  TileTiming place(std::uint64_t ready, std::uint64_t vectors);
  void reset() { *this = TileSchedule(config_); }

 private:
  ArrayConfig config_;
  bool first_ = true;
  TileTiming last_;
};

}  // namespace neartile::array
