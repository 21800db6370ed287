#include "neartile/sc_models/external_memory.h"

#include "picoseconds.h"
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
  const std::uint64_t arrival = picoseconds(sc_core::sc_time_stamp() + delay);
  delay += time_of_ps(timing_.complete(arrival, payload.get_data_length()) - arrival);
}

unsigned ExternalMemory::transport_dbg(int, tlm::tlm_generic_payload& payload) {
  return access(payload) ? payload.get_data_length() : 0;
}

}  // namespace neartile::sc_models
