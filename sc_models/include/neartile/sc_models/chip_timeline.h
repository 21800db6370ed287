#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/sc_models/execution_times.h"
#include "neartile/traces/timeline.h"

namespace neartile::sc_models {

/// Writes executions, one after the other, as a timeline. Tracks: layers; of each array what it does in every
/// cycle, and when weights enter; the vector unit; each DMA engine while it sends bursts; external memory
/// while a transfer is under way.
class ChipTimeline {
 public:
  ChipTimeline(std::ostream& stream, const router::ChipConfig& chip);
  void add(const router::Program& program, const ExecutionTimes& times);
  void finish() { writer_.finish(); }

 private:
  using Track = traces::TimelineWriter::Track;
  struct ArrayTracks {
    Track state, weights;
    std::uint64_t rows;
  };
  void add_layers(const router::Program& program, const ExecutionTimes& times);
  void add_array(const router::Program& program, const ExecutionTimes& times, std::uint64_t array);
  void add_commands(const router::Program& program, const ExecutionTimes& times);
  void add_memory(const router::Program& program, const ExecutionTimes& times);

  router::ChipConfig chip_;
  traces::TimelineWriter writer_;
  Track layers_, vector_unit_, memory_;
  std::vector<ArrayTracks> arrays_;
  std::vector<Track> engines_;
  std::uint64_t start_ = 0;  ///< cycles of the executions before
};

}  // namespace neartile::sc_models
