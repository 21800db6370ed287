#include "on_chip_bus.h"

#include <string>

namespace neartile::sc_models {

OnChipBus::OnChipBus(sc_core::sc_module_name name, std::uint64_t windows) : sc_module(name) {
  initiators.register_b_transport(this, &OnChipBus::b_transport);
  for (std::uint64_t i = 0; i < windows; ++i) {
    const std::string socket_name = "target" + std::to_string(i);
    targets_.push_back(
        std::make_unique<tlm_utils::simple_initiator_socket<OnChipBus, 32>>(socket_name.c_str()));
  }
}

void OnChipBus::b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
  const std::uint64_t address = payload.get_address();
  const std::uint64_t window = address / on_chip::window_bytes;
  if (window >= targets_.size()) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    return;
  }
  payload.set_address(address % on_chip::window_bytes);
  (*targets_[window])->b_transport(payload, delay);
  payload.set_address(address);
}

}  // namespace neartile::sc_models
