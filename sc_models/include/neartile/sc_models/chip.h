#pragma once

#include <systemc>
#include <tlm>

#include <memory>
#include <vector>

#include "neartile/memory/sram_model.h"
#include "neartile/pe/base/units.h"
#include "neartile/router/chip_config.h"
#include "neartile/sc_models/execution_times.h"
#include "neartile/traces/activity.h"
#include "neartile/traces/array_time.h"

namespace neartile::sc_models {

/// What the chip counted for one layer.
struct LayerCounters {
  Cycles cycles;  ///< from the end of the layer before to its own
  traces::ToggleCounts toggles;
  std::vector<traces::ArrayTime> arrays;  ///< what each array did in these cycles; each adds up to them
};

/// What the buffers did since the chip was made; those of the arrays together.
struct BufferCounts {
  memory::SramCounts unified_buffer, weight_buffers, accumulators;
};

/// The chip: a bank of systolic arrays with their buffers, a vector unit, DMA and a controller. `host`
/// takes 32-bit register accesses (driver/neartile_registers.h) and shows the unified buffer (host_map.h),
/// `memory` fetches programs and moves their data, `irq` is high while an enabled interrupt is pending. While
/// `reset` is high the chip is held in reset; it may stay unbound. docs/reference/tlm.md has the contract.
class Chip : public sc_core::sc_module {
 public:
  tlm::tlm_target_socket<32> host{"host"};
  tlm::tlm_initiator_socket<32> memory{"memory"};
  sc_core::sc_out<bool> irq{"irq"};
  sc_core::sc_in<bool> reset{"reset"};

  /// `config` must be complete (router::complete).
  Chip(sc_core::sc_module_name name, const router::ChipConfig& config);
  ~Chip() override;

  /// By layer of the last program, summed over its executions in a row.
  std::vector<LayerCounters> counters() const;
  BufferCounts buffers() const;
  /// `observer` gets the times of each execution that ends without error.
  void observe(ExecutionObserver observer);
  /// Edges at the clock pins of all PEs' flip-flops in `cycles` cycles since the chip was made.
  traces::ClockCounts clock_edges(Cycles cycles) const;

 private:
  void before_end_of_elaboration() override;

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace neartile::sc_models

namespace neartile {
using sc_models::Chip;
}
