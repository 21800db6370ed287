#pragma once

#include "neartile/pe/transition_table.h"

namespace neartile::pe {

/// Writes tables.
class TransitionTableMaker {
 public:
  /// Sets the transitions of a weight, energies in units of `unit_fJ`.
  static void set(TransitionTable& table, unsigned weight, const std::vector<std::uint64_t>& energies,
                  double unit_fJ);
  static std::vector<std::uint16_t>& entries(TransitionTable& table) { return table.entries_; }
  static std::array<double, 256>& scales(TransitionTable& table) { return table.scale_fJ_; }
};

}  // namespace neartile::pe
