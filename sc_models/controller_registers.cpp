#include <cstring>

#include "controller.h"
#include "neartile/sc_models/registers.h"

namespace neartile::sc_models {

namespace reg = registers;

void Controller::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  const std::uint64_t address = payload.get_address();
  const unsigned width = payload.get_streaming_width();
  if (payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  } else if (payload.get_data_length() != 4 || (width != 0 && width < 4) ||
             payload.get_data_ptr() == nullptr) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
  } else if (address % 4 != 0 || address > 0xffffffff) {
    payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
  } else {
    const auto place = static_cast<std::uint32_t>(address);
    std::uint32_t value = 0;
    bool ok = true;
    if (payload.is_read()) {
      ok = read_register(place, value);
      if (ok) std::memcpy(payload.get_data_ptr(), &value, 4);
    } else if (payload.is_write()) {
      std::memcpy(&value, payload.get_data_ptr(), 4);
      ok = write_register(place, value);
    }
    payload.set_response_status(ok ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
  }
}

bool Controller::read_register(std::uint32_t address, std::uint32_t& value) const {
  switch (address) {
    case reg::identification:
      value = reg::identification_value;
      return true;
    case reg::version:
      value = reg::version_value;
      return true;
    case reg::status:
      value = status_;
      return true;
    case reg::irq_status:
      value = irq_status_;
      return true;
    case reg::irq_enable:
      value = irq_enable_;
      return true;
    case reg::error_command:
      value = error_command_;
      return true;
    case reg::arrays:
      value = static_cast<std::uint32_t>(arrays.size());
      return true;
    case reg::groups:
      value = static_cast<std::uint32_t>(config_.arrays.size());
      return true;
    case reg::layers:
      value = static_cast<std::uint32_t>(routing_.size());
      return true;
    case reg::cycles_low:
      value = static_cast<std::uint32_t>(cycles_);
      return true;
    case reg::cycles_high:
      value = static_cast<std::uint32_t>(cycles_ >> 32);
      return true;
    default:
      break;
  }
  const std::uint32_t layer = (address - reg::routing) / 4;
  if (address < reg::routing || layer >= routing_.size()) return false;
  value = routing_[layer];
  return true;
}

bool Controller::write_register(std::uint32_t address, std::uint32_t value) {
  switch (address) {
    case reg::doorbell:
      // Rung while busy, or without a program, the doorbell is without effect.
      if ((value & 1) != 0 && status_ != reg::busy_bit && !program_.commands.empty()) {
        status_ = reg::busy_bit;
        doorbell_.notify(sc_core::SC_ZERO_TIME);
      }
      return true;
    case reg::irq_status:
      irq_status_ &= ~value;
      break;
    case reg::irq_enable:
      irq_enable_ = value & (reg::done_bit | reg::error_bit);
      break;
    default:
      return address >= reg::routing && reroute((address - reg::routing) / 4, value);
  }
  irq_change_.notify(sc_core::SC_ZERO_TIME);
  return true;
}

// A layer may go to any group whose arrays take the same tiles and operands as the one it was compiled for.
bool Controller::reroute(std::uint32_t layer, std::uint32_t group) {
  if (layer >= routing_.size() || group >= config_.arrays.size() || status_ == reg::busy_bit) return false;
  const router::GroupConfig& to = config_.arrays[group];
  const router::GroupConfig& from = config_.arrays[program_.layers[layer].group];
  if (to.count < from.count || to.array.rows != from.array.rows || to.array.columns != from.array.columns ||
      to.array.pe.format != from.array.pe.format) {
    return false;
  }
  routing_[layer] = group;
  return true;
}

}  // namespace neartile::sc_models
