#include "neartile/sc_models/external_memory.h"

#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

ExternalMemory::ExternalMemory(sc_core::sc_module_name name, const memory::ExternalMemoryConfig& config)
    : sc_module(name), size_bytes_(config.size_MiB << 20), timing_(config) {
  socket.register_b_transport(this, &ExternalMemory::b_transport);
  socket.register_transport_dbg(this, &ExternalMemory::transport_dbg);
}

bool ExternalMemory::access(tlm::tlm_generic_payload& payload) {
  if (!servable(payload, size_bytes_)) return false;
  if (payload.is_read()) {
    store_.read(payload.get_address(), payload.get_data_ptr(), payload.get_data_length());
  } else if (payload.is_write()) {
    store_.write(payload.get_address(), payload.get_data_ptr(), payload.get_data_length());
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  return true;
}

void ExternalMemory::b_transport(int, tlm::tlm_generic_payload& payload, sc_time& delay) {
  if (!access(payload)) return;
  const sc_time now = sc_core::sc_time_stamp();
  const sc_time ps(1, sc_core::SC_PS);
  const auto arrival = static_cast<std::uint64_t>((now + delay) / ps + 0.5);
  const std::uint64_t complete = timing_.complete(arrival, payload.get_data_length());
  delay += sc_time(static_cast<double>(complete - arrival), sc_core::SC_PS);
}

unsigned ExternalMemory::transport_dbg(int, tlm::tlm_generic_payload& payload) {
  return access(payload) ? payload.get_data_length() : 0;
}

}  // namespace neartile::sc_models
