#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>

#include "neartile/memory/bandwidth.h"
#include "neartile/memory/external_memory_config.h"
#include "neartile/memory/paged_store.h"

namespace neartile::sc_models {

/// External memory with a latency and a bandwidth, a loosely-timed target for any number of initiators.
/// b_transport adds the time until the request is complete; transport_dbg takes none.
class ExternalMemory : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<ExternalMemory, 32> socket{"socket"};

  ExternalMemory(sc_core::sc_module_name name, const memory::ExternalMemoryConfig& config);

 private:
  void b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  unsigned transport_dbg(int, tlm::tlm_generic_payload& payload);
  bool access(tlm::tlm_generic_payload& payload);

  std::uint64_t size_bytes_;
  memory::BandwidthModel timing_;
  memory::PagedStore store_;
};

}  // namespace neartile::sc_models
