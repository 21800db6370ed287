#pragma once

#include <cstdint>

#include "neartile/pe/base/config.h"
#include "neartile/pe/base/units.h"

namespace neartile::array {

/// The vector unit's size: results a cycle once its pipeline is full.
struct VectorUnitConfig {
  std::uint64_t lanes = 1024;
  std::uint64_t latency_cycles = 16;

  /// Cycles for `elements` results.
  Cycles cycles(std::uint64_t elements) const {
    return Cycles(latency_cycles + (elements + lanes - 1) / lanes);
  }
};

void describe(ConfigVisitor& visitor, VectorUnitConfig& config);

}  // namespace neartile::array
