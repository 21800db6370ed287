#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "neartile/array/rtl.h"
#include "neartile/router/chip_config.h"
#include "run/options.h"

namespace neartile {

/// Which part of a workload drives the array.
struct LayerChoice {
  std::optional<std::string> layer;  ///< a matrix layer's name; else the first one
  std::size_t vectors = 64;          ///< its first activation vectors, of the first image
  std::size_t tiles = 4;             ///< through its first tiles
};

/// The layer's first tiles on the first array of the group that it is routed to, back to back. Throws
/// InputError.
array::RtlBench layer_bench(const RunOptions& options, const router::ChipConfig& chip,
                            const LayerChoice& choice);

}  // namespace neartile
