#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <vector>

#include "neartile/memory/sram_model.h"
#include "unit.h"

namespace neartile::sc_models {

/// An on-chip buffer with banks and ports. Whoever streams through it knows when words are wanted, and says
/// so in a BufferStream, which the buffer answers; other accesses move data and take no time.
class Sram : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<Sram, 32> socket{"socket"};

  Sram(sc_core::sc_module_name name, const Clock& clock, std::uint64_t bytes,
       const memory::BufferConfig& config);

  /// Of all streams.
  const memory::SramCounts& counts() const { return model_.counts(); }

 private:
  void b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  bool get_direct_mem_ptr(int, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  unsigned transport_dbg(int, tlm::tlm_generic_payload& payload);
  bool access(tlm::tlm_generic_payload& payload);

  Clock clock_;
  std::vector<std::uint8_t> bytes_;
  memory::SramModel model_;
};

}  // namespace neartile::sc_models
