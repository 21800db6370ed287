#include "neartile/sc_models/status_repair.h"

namespace neartile::sc_models {
namespace {

void repair(tlm::tlm_generic_payload& payload) {
  if (payload.get_response_status() == tlm::TLM_INCOMPLETE_RESPONSE)
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

}  // namespace

StatusRepair::StatusRepair(sc_core::sc_module_name name) : sc_module(name) {
  upstream.bind(*this);
  downstream.bind(*this);
}

void StatusRepair::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  downstream->b_transport(payload, delay);
  repair(payload);
}

tlm::tlm_sync_enum StatusRepair::nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay) {
  const bool begins = phase == tlm::BEGIN_REQ;
  const tlm::tlm_sync_enum result = downstream->nb_transport_fw(payload, phase, delay);
  const bool responds =
      result == tlm::TLM_COMPLETED || (result == tlm::TLM_UPDATED && phase == tlm::BEGIN_RESP);
  if (begins && responds) repair(payload);
  return result;
}

tlm::tlm_sync_enum StatusRepair::nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay) {
  if (phase == tlm::BEGIN_RESP) repair(payload);
  return upstream->nb_transport_bw(payload, phase, delay);
}

bool StatusRepair::get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) {
  return downstream->get_direct_mem_ptr(payload, dmi);
}

void StatusRepair::invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) {
  upstream->invalidate_direct_mem_ptr(start, end);
}

unsigned StatusRepair::transport_dbg(tlm::tlm_generic_payload& payload) {
  return downstream->transport_dbg(payload);
}

}  // namespace neartile::sc_models
