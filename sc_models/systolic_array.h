#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <vector>

#include "neartile/array/array_kernel.h"
#include "neartile/array/control_activity.h"
#include "neartile/array/cycle_law.h"
#include "neartile/pe/pe_type.h"
#include "neartile/traces/activity.h"
#include "unit.h"

namespace neartile::sc_models {

/// One array of the bank with its data set-up: executes MATMUL. Results and toggles come from the array
/// kernel, times from the tile schedule; together they say what weights, control bits and clocks do.
class SystolicArray : public Unit {
 public:
  tlm_utils::simple_initiator_socket<SystolicArray, 32> unified_buffer{"unified_buffer"};
  tlm_utils::simple_initiator_socket<SystolicArray, 32> weight_buffer{"weight_buffer"};
  tlm_utils::simple_initiator_socket<SystolicArray, 32> accumulators{"accumulators"};

  SystolicArray(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& chip,
                std::uint64_t number);

  /// Toggles since the start or the last clear_layer_counters(), by layer.
  const std::vector<traces::ToggleCounts>& toggles() const { return toggles_; }
  /// Toggles of all layers, and cycles in which a tile was in the array, since the last clear_counters().
  const traces::ToggleCounts& all_toggles() const { return all_toggles_; }
  Cycles busy_cycles() const { return Cycles(busy_cycles_); }
  void clear_counters();
  void clear_layer_counters() { toggles_.clear(); }
  /// All registers and counters as at the start.
  void reset();
  /// Edges at flip-flops in `cycles` cycles since the start.
  traces::ClockCounts clock_edges(Cycles cycles) const { return control_.clock_edges(cycles.count); }

 private:
  Execution execute(const WorkOrder& order, std::uint64_t start) override;
  void fetch_vectors(const router::ProgramLayer& layer, const router::Matmul& work);
  void fetch_weights(const router::Matmul& work);
  void add_to_accumulators(const router::Matmul& work);

  /// When the tile at hand wants its words, and how late they were.
  struct Streams {
    array::TileTiming timing;
    std::uint64_t ready = 0, rows_ahead = 0;
    std::uint64_t late_activations = 0, late_others = 0;
    std::uint64_t late() const;  ///< cycles by which the stream must begin later
  };

  array::ArrayConfig config_;
  std::uint64_t half_bytes_;
  pe::PeType type_;
  array::ArrayKernel kernel_;
  array::ControlActivity control_;
  array::TileSchedule schedule_;
  std::vector<traces::ToggleCounts> toggles_;
  traces::ToggleCounts all_toggles_;
  std::uint64_t busy_cycles_ = 0, busy_until_ = 0;
  Streams streams_;
  std::vector<std::uint8_t> tensor_, vectors_;
  std::vector<std::int8_t> weights_;
  std::vector<std::int32_t> sums_, accumulated_;
};

}  // namespace neartile::sc_models
