#include "platform/interrupt_controller.h"

#include <cstring>

namespace neartile::platform {

InterruptController::InterruptController(sc_core::sc_module_name name, unsigned line_count)
    : sc_module(name), lines("line", line_count) {
  sc_assert(line_count <= 32);
  registers.register_b_transport(this, &InterruptController::b_transport);
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.set_sensitivity(&enable_change_);
  for (auto& line : lines) options.set_sensitivity(&line);
  sc_core::sc_spawn([this] { interrupt.write(pending() != 0); }, "drive_interrupt", &options);
}

std::uint32_t InterruptController::pending() const {
  std::uint32_t high = 0;
  for (unsigned i = 0; i < lines.size(); ++i) high |= std::uint32_t{lines[i].read()} << i;
  return high & enable_;
}

void InterruptController::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  payload.set_response_status(access(payload));
}

tlm::tlm_response_status InterruptController::access(tlm::tlm_generic_payload& payload) {
  const std::uint64_t address = payload.get_address();
  const unsigned width = payload.get_streaming_width();
  if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  if (payload.get_data_length() != 4 || (width != 0 && width < 4)) return tlm::TLM_BURST_ERROR_RESPONSE;
  if (address != pending_offset && address != enable_offset) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  if (payload.is_read()) {
    const std::uint32_t value = address == pending_offset ? pending() : enable_;
    std::memcpy(payload.get_data_ptr(), &value, sizeof value);
  } else if (payload.is_write()) {
    if (address == pending_offset) return tlm::TLM_COMMAND_ERROR_RESPONSE;
    std::memcpy(&enable_, payload.get_data_ptr(), sizeof enable_);
    enable_change_.notify(sc_core::SC_ZERO_TIME);
  }
  return tlm::TLM_OK_RESPONSE;
}

}  // namespace neartile::platform
