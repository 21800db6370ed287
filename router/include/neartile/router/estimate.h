#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "neartile/pe/base/units.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/mapping.h"
#include "neartile/router/routing.h"
#include "neartile/traces/activity.h"
#include "neartile/workloads/layer_operands.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// Cycles of each node on a completed chip whose memory and vector unit take no time: every tile's operands
/// are at hand, a layer starts when the one before has ended, and ends with the last sum of its last array.
/// Vector nodes take none, matrix nodes on the vector unit what it needs for them.
std::vector<Cycles> estimate_cycles(const workloads::Network& network, const Routing& routing,
                                    const ChipConfig& chip, const Mapping& mapping = {});

struct EstimateOptions {
  Mapping mapping;
  std::size_t threads = 0;  ///< 0: one a core
  /// Gets the share of the work that is done, in percent, from any thread.
  std::function<void(std::size_t)> progress;
  /// Work between two joins, in multiply-accumulates. No count depends on it.
  std::uint64_t piece_macs = std::uint64_t{1} << 25;
};

/// Toggles of each node, as the chip's arrays count them in one image after reset: each array's own sequence
/// of tiles, transitions between tiles and layers included, at the times of estimate_cycles(). So valid and
/// load bits see fewer gaps than on a chip that waits for memory; all else is the chip's, exactly. Only
/// shapes of `network` are looked at. The same for any number of threads.
std::vector<traces::ToggleCounts> estimate_toggles(const workloads::Network& network, const Routing& routing,
                                                   const ChipConfig& chip,
                                                   const workloads::OperandSource& operands,
                                                   const EstimateOptions& options = {});

}  // namespace neartile::router
