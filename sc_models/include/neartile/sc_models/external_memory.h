#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <systemc>
#include <tlm>

#include <memory>

#include "neartile/memory/external_memory_config.h"

namespace neartile::sc_models {

/// External memory with a latency and a bandwidth, a target for any number of initiators. b_transport adds
/// the time until the request is complete, nb_transport answers at that time. Byte enables and streaming
/// widths are honoured. DMI is granted page by page, with the latency alone.
class ExternalMemory : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<ExternalMemory, 32> socket{"socket"};

  ExternalMemory(sc_core::sc_module_name name, const memory::ExternalMemoryConfig& config);
  ~ExternalMemory() override;

 private:
  void b_transport(int port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  tlm::tlm_sync_enum nb_transport_fw(int port, tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay);
  bool get_direct_mem_ptr(int port, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  unsigned transport_dbg(int port, tlm::tlm_generic_payload& payload);

  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace neartile::sc_models
