#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>

#include "controller.h"
#include "four_phases.h"

namespace neartile::sc_models {

/// The chip's host socket: registers, and from host_map::buffer_window on the unified buffer. Blocking and
/// non-blocking transport, debug access, and direct access to the buffer while the chip is idle;
/// docs/reference/tlm.md says what each transaction is answered.
class HostPort : public sc_core::sc_module, private tlm::tlm_fw_transport_if<> {
 public:
  tlm::tlm_target_socket<32> socket{"socket"};
  tlm_utils::simple_initiator_socket<HostPort, 32> buffer{"buffer"};

  HostPort(sc_core::sc_module_name name, const Clock& clock, Controller& controller,
           std::uint64_t buffer_bytes);

  /// Direct pointers that were given out become invalid.
  void take_back_pointers();

 private:
  using Payload = tlm::tlm_generic_payload;

  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;

  sc_core::sc_time serve(Payload& payload, const sc_core::sc_time& delay);
  tlm::tlm_response_status access_register(Payload& payload, const sc_core::sc_time& after);
  tlm::tlm_response_status access_buffer(Payload& payload);
  unsigned read_registers_by_debug(Payload& payload) const;
  bool is_in_window(const Payload& payload) const;

  Clock clock_;
  Controller& controller_;
  std::uint64_t buffer_bytes_;
  bool pointers_given_ = false;
  FourPhases phases_;
};

}  // namespace neartile::sc_models
