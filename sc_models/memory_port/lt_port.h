#pragma once

#include <deque>

#include "dmi_regions.h"
#include "memory_port.h"

namespace neartile::sc_models {

/// Loosely timed: one blocking call a burst. An engine runs ahead of the simulation by at most the global
/// quantum; with a quantum of 0 each burst is sent at its own time.
class LtPort : public MemoryPort {
 public:
  LtPort(sc_core::sc_module_name name, const Clock& clock, const memory::DmaConfig& config);

 private:
  /// Cycles in which an engine's bursts in flight are back, in the order of sending.
  using InFlight = std::deque<std::uint64_t>;

  std::uint64_t send_bursts(const Transfer& transfer, std::uint64_t start) override;
  bool come_to(std::uint64_t cycle, sc_core::sc_time& delay);
  bool move(tlm::tlm_command command, const Piece& burst, sc_core::sc_time& delay);
  bool call(tlm::tlm_command command, const Piece& burst, sc_core::sc_time& delay);
  void invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) override {
    regions_.invalidate(start, end);
  }
  void drop_pointers() override { regions_.clear(); }

  std::vector<InFlight> engines_;
  DmiRegions regions_;
};

}  // namespace neartile::sc_models
