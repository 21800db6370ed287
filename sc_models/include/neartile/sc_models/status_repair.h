#pragma once

#include <systemc>
#include <tlm>

namespace neartile::sc_models {

/// Goes between an initiator and a memory that never sets a status: TLM_INCOMPLETE_RESPONSE becomes
/// TLM_OK_RESPONSE. Other answers, phases, DMI and debug access pass through.
class StatusRepair : public sc_core::sc_module,
                     private tlm::tlm_fw_transport_if<>,
                     private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<32> upstream{"upstream"};         ///< the initiator binds here
  tlm::tlm_initiator_socket<32> downstream{"downstream"};  ///< binds to the memory

  explicit StatusRepair(sc_core::sc_module_name name);

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
};

}  // namespace neartile::sc_models
