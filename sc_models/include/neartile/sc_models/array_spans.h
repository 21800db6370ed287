#pragma once

#include <cstdint>
#include <vector>

#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/sc_models/execution_times.h"
#include "neartile/traces/array_time.h"

namespace neartile::sc_models {

/// A stretch of an array's time, cycles begin .. end - 1, within one layer's time.
struct ArraySpan {
  std::uint64_t begin = 0, end = 0;
  traces::ArrayState state = traces::ArrayState::no_work;
  router::CommandIndex command =
      0;                         ///< the MATMUL that streams, loads or drains, or that waits; else the last
  router::LayerIndex layer = 0;  ///< in whose time it is
};

/// What array `array` did in each cycle of an execution, in order, without gaps: the states of all spans add
/// up to the execution's cycles. Stream, weight load and drain are what the cycle law (array/cycle_law.h) has
/// for a layer's tiles; all else is a stall. Its cause is the last of what the tile waited for: external
/// memory (bandwidth), a weight slot or an accumulator half that is not free (buffer), or the layer before
/// (dependency).
std::vector<ArraySpan> array_spans(const router::Program& program, const ExecutionTimes& times,
                                   const router::ChipConfig& chip, std::uint64_t array);

/// The spans' cycles by layer.
std::vector<traces::ArrayTime> time_by_layer(const std::vector<ArraySpan>& spans, std::size_t layers);

}  // namespace neartile::sc_models
