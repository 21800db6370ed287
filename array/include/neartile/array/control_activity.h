#pragma once

#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/array/cycle_law.h"
#include "neartile/array/matrix.h"
#include "neartile/array/stimulus.h"
#include "neartile/pe/pe_type.h"
#include "neartile/traces/activity.h"

namespace neartile::array {

/// Activity of an array's weight registers and control bits, tile by tile in closed form: what depends on
/// when tiles come. ArrayKernel counts the other classes.
class ControlActivity {
 public:
  ControlActivity(const ArrayConfig& config, const pe::PeType& type);

  /// The next tile, with its weights (k x n, k <= rows, n <= columns). Of what happens between two tiles,
  /// the fall of the valid and load bits counts with the tile that raised them.
  traces::ToggleCounts place(const TileTiming& timing, MatrixView<const std::int8_t> weights);
  /// The same for a tile that may have bubbles between its vectors.
  traces::ToggleCounts place(const TileStimulus& tile);
  /// Clock edges since reset, which was `cycles` cycles ago, `stalled` of them in stalls. With gated clocks
  /// the tiles placed so far decide: docs/reference/pe.md has the conditions.
  traces::ClockCounts clock_edges(std::uint64_t cycles, std::uint64_t stalled = 0) const;
  void reset();

 private:
  struct Bubbles {
    std::uint64_t gaps = 0;    ///< places in the stream that have some
    std::uint64_t cycles = 0;  ///< all of them
  };
  traces::ToggleCounts place(const TileTiming& timing, MatrixView<const std::int8_t> weights,
                             const Bubbles& bubbles);
  traces::ClockCounts flip_flops_of_pe() const;
  std::uint64_t valid_toggles(const TileTiming& timing) const;
  std::uint64_t load_toggles(const TileTiming& timing) const;
  std::uint64_t weight_toggles(MatrixView<const std::int8_t> weights);

  ArrayConfig config_;
  unsigned sum_bits_;  ///< that are built
  bool first_ = true;
  TileTiming last_;
  std::uint64_t enabled_rows_ = 0;
  unsigned bank_ = 0;  ///< the weight register of the last tile
  std::vector<std::uint8_t> weights_[2];
  std::uint64_t tiles_ = 0, vectors_ = 0;
  std::uint64_t elements_ = 0;  ///< vectors times the rows that they use
};

}  // namespace neartile::array
