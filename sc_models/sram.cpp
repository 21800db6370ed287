#include "sram.h"

#include <cstring>

#include "buffer_stream.h"
#include "transactions.h"

namespace neartile::sc_models {

Sram::Sram(sc_core::sc_module_name name, const Clock& clock, std::uint64_t bytes,
           const memory::BufferConfig& config)
    : sc_module(name), clock_(clock), bytes_(bytes), model_(config) {
  socket.register_b_transport(this, &Sram::b_transport);
  socket.register_get_direct_mem_ptr(this, &Sram::get_direct_mem_ptr);
  socket.register_transport_dbg(this, &Sram::transport_dbg);
}

bool Sram::access(tlm::tlm_generic_payload& payload) {
  if (!servable(payload, bytes_.size())) return false;
  std::uint8_t* place = bytes_.data() + payload.get_address();
  if (payload.is_read()) {
    std::memcpy(payload.get_data_ptr(), place, payload.get_data_length());
  } else if (payload.is_write()) {
    std::memcpy(place, payload.get_data_ptr(), payload.get_data_length());
  }
  payload.set_response_status(tlm::TLM_OK_RESPONSE);
  return true;
}

void Sram::b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  if (!access(payload)) return;
  const auto* stream = payload.get_extension<BufferStream>();
  if (stream == nullptr) return;
  memory::SramStream words = stream->words;
  words.address += payload.get_address();
  model_.forget_before(clock_.cycle(sc_core::sc_time_stamp()));
  payload.get_extension<BufferStream>()->late_cycles = model_.serve(words);
}

bool Sram::get_direct_mem_ptr(int, tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi) {
  dmi.init();
  dmi.set_dmi_ptr(bytes_.data());
  dmi.set_end_address(bytes_.size() - 1);
  dmi.allow_read_write();
  return true;
}

unsigned Sram::transport_dbg(int, tlm::tlm_generic_payload& payload) {
  return access(payload) ? payload.get_data_length() : 0;
}

}  // namespace neartile::sc_models
