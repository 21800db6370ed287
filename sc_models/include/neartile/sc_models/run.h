#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "neartile/memory/hbm2.h"
#include "neartile/pe/base/units.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/execution_times.h"
#include "neartile/traces/activity.h"
#include "neartile/traces/array_time.h"

namespace neartile::sc_models {

/// What a layer took, over all images of a run.
struct LayerResult {
  std::string name;
  Cycles cycles;  ///< from the end of the layer before to its own; layers sum to the total
  traces::ToggleCounts toggles;
  std::vector<traces::ArrayTime> arrays;  ///< by array of the chip; each adds up to `cycles`
  Bytes memory;                           ///< between external memory and the chip
};

/// What came out of a chip.
struct RunResult {
  std::vector<std::uint8_t> outputs;         ///< patterns, images x output_bytes
  Cycles cycles;                             ///< of all images
  Cycles fetch_cycles;                       ///< before each, for fetching the program; not in `cycles`
  std::vector<LayerResult> layers;           ///< by ProgramLayer
  traces::ClockCounts clock_edges;           ///< at all PEs' flip-flops
  BufferCounts buffers;                      ///< of all images
  std::vector<memory::Hbm2Counts> channels;  ///< of HBM2; none of a simple memory
};

/// Elaborates a chip with its external memory once and streams the images' encoded inputs (input_bytes
/// each) through it. `progress` gets the number of finished images, `observer` the times of each. Throws
/// InputError where the chip reports an error. SystemC elaborates once a process: so does this.
RunResult run(const router::Program& program, const router::ChipConfig& chip,
              std::span<const std::vector<std::uint8_t>> inputs,
              const std::function<void(std::size_t)>& progress = {}, const ExecutionObserver& observer = {});

}  // namespace neartile::sc_models
