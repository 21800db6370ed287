#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "neartile/array/array_config.h"

namespace neartile::array {

/// A tile of a stimulus: operands, and when they are at the array's edge. Times are array time: cycles in
/// which the array is not stalled.
struct TileStimulus {
  std::size_t m = 0, k = 0, n = 0;
  std::vector<std::uint8_t> activations;  ///< m x k patterns
  std::vector<std::int8_t> weights;       ///< k x n
  std::uint64_t load_start = 0;           ///< the last row's weights are at the top of column 0
  std::vector<std::uint64_t> entries;     ///< [m] when each vector is at row 0, ascending; gaps are bubbles

  std::uint64_t last_entry() const { return entries.back(); }
};

/// Everything that one array sees after a reset: tiles in order, and cycles in which it stands still.
struct ArrayStimulus {
  std::vector<TileStimulus> tiles;
  std::vector<std::uint64_t> stalls;  ///< stalled cycles, ascending, in cycles of the clock
};

/// The weight register of the stimulus's tile number `tile`: 1, 0, 1, .. where there are two, else 0.
inline unsigned weight_register(const ArrayConfig& config, std::size_t tile) {
  return config.pe.weight_registers == 2 && tile % 2 == 0 ? 1 : 0;
}

/// Throws std::invalid_argument where sizes disagree, or where a load would take a weight away that is
/// still in use: docs/reference/array.md has the rules.
void require_valid(const ArrayConfig& config, const ArrayStimulus& stimulus);

/// Array time from which on no register changes any more.
std::uint64_t settled_time(const ArrayConfig& config, const ArrayStimulus& stimulus);

/// Cycles of the clock with stalls, for array times 0 .. end: [t] is the cycle in which array time t passes.
std::vector<std::uint64_t> clock_cycles(const ArrayStimulus& stimulus, std::uint64_t end);

/// What column 0 of a row sees in a cycle; `a`, `s` and `e` count where `v`, `b` where `l`, and are 0 else.
struct RowEdge {
  std::uint8_t a = 0;
  bool s = false, v = false, e = false;
  bool l = false, b = false;
  friend bool operator==(const RowEdge&, const RowEdge&) = default;
};

/// What the array's edge sees in a cycle: docs/reference/pe.md names the inputs.
struct ArrayEdge {
  bool run = true;                    ///< false: stalled
  std::vector<RowEdge> rows;          ///< [R]
  std::vector<std::uint8_t> weights;  ///< [C] at the top of each column
};

/// The edge in every cycle of the clock until settled_time(), skewed as the array wants it. A load may come
/// too early here: what that does is the array's affair. Throws std::invalid_argument for other faults.
std::vector<ArrayEdge> edges_of(const ArrayConfig& config, const ArrayStimulus& stimulus);

}  // namespace neartile::array
