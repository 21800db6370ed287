#pragma once

#include <cstdint>

#include "neartile/pe/base/config.h"
#include "neartile/pe/base/units.h"

namespace neartile::array {

/// The vector unit's size: results a cycle once its pipeline is full. A lane also multiplies and adds once a
/// cycle, which is what a depthwise convolution needs.
struct VectorUnitConfig {
  std::uint64_t lanes = 1024;
  std::uint64_t latency_cycles = 16;

  /// Cycles for `elements` results.
  Cycles cycles(std::uint64_t elements) const {
    return Cycles(latency_cycles + (elements + lanes - 1) / lanes);
  }
  /// Cycles for `elements` sums of `taps` products each; a lane stays with its sum to the end.
  Cycles depthwise_cycles(std::uint64_t elements, std::uint64_t taps) const {
    return Cycles(latency_cycles + (elements + lanes - 1) / lanes * taps);
  }
};

void describe(ConfigVisitor& visitor, VectorUnitConfig& config);

}  // namespace neartile::array
