#pragma once

#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/array/cycle_law.h"
#include "neartile/array/matrix.h"
#include "neartile/traces/activity.h"

namespace neartile::array {

/// Activity of an array's weight registers and control bits, tile by tile in closed form: what depends on
/// when tiles come. ArrayKernel counts the other classes. Exact for tiles without bubbles.
class ControlActivity {
 public:
  explicit ControlActivity(const ArrayConfig& config);

  /// The next tile, with its weights (k x n, k <= rows, n <= columns). Of what happens between two tiles,
  /// the fall of the valid and load bits counts with the tile that raised them.
  traces::ToggleCounts place(const TileTiming& timing, MatrixView<const std::int8_t> weights);
  void reset();

 private:
  std::uint64_t valid_toggles(const TileTiming& timing) const;
  std::uint64_t load_toggles(const TileTiming& timing) const;
  std::uint64_t weight_toggles(MatrixView<const std::int8_t> weights);

  ArrayConfig config_;
  bool first_ = true;
  TileTiming last_;
  std::uint64_t enabled_rows_ = 0;
  unsigned bank_ = 0;  ///< the weight register of the last tile
  std::vector<std::uint8_t> weights_[2];
};

}  // namespace neartile::array
