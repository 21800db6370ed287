#include <algorithm>
#include <cstring>

#include "controller.h"
#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {

void Controller::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&) {
  const std::uint64_t address = payload.get_address();
  const unsigned width = payload.get_streaming_width();
  if (payload.get_byte_enable_ptr() != nullptr) {
    payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  } else if (payload.get_data_length() != 4 || (width != 0 && width < 4) ||
             payload.get_data_ptr() == nullptr) {
    payload.set_response_status(tlm::TLM_BURST_ERROR_RESPONSE);
  } else {
    std::uint32_t value = 0;
    tlm::tlm_response_status response = tlm::TLM_OK_RESPONSE;
    if (payload.is_read()) {
      response = registers_.read(address, value);
      if (response == tlm::TLM_OK_RESPONSE) std::memcpy(payload.get_data_ptr(), &value, 4);
    } else if (payload.is_write()) {
      std::memcpy(&value, payload.get_data_ptr(), 4);
      response = registers_.write(address, value);
    }
    payload.set_response_status(response);
  }
}

void Controller::connect_registers() {
  registers_.on_write(NEARTILE_CONTROL, [this](auto, std::uint32_t actions) { return control(actions); });
  registers_.on_write(NEARTILE_DOORBELL, [this](auto, std::uint32_t value) {
    if ((value & NEARTILE_DOORBELL_START) != 0) ring();
    return true;
  });
  registers_.on_write(NEARTILE_ROUTE(0), [this](auto, std::uint32_t group) {
    return group < config_.arrays.size() || group == NEARTILE_ROUTE_OF_PROGRAM;
  });
  const auto interrupt_change = [this](auto, auto) {
    irq_change_.notify(sc_core::SC_ZERO_TIME);
    return true;
  };
  registers_.on_write(NEARTILE_INTERRUPT_STATUS, interrupt_change);
  registers_.on_write(NEARTILE_INTERRUPT_ENABLE, interrupt_change);
  registers_.read_from(NEARTILE_LAYER_CYCLES_LOW(0), [this](std::uint32_t layer) {
    return layer < layer_cycles_.size() ? layer_cycles_[layer] : 0;
  });
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.set_sensitivity(&irq_change_);
  const auto drive = [this] {
    irq.write((registers_.get(NEARTILE_INTERRUPT_STATUS) & registers_.get(NEARTILE_INTERRUPT_ENABLE)) != 0);
  };
  sc_core::sc_spawn(drive, "drive_irq", &options);
}

bool Controller::control(std::uint32_t actions) {
  if ((actions & NEARTILE_CONTROL_CLEAR_COUNTERS) != 0) {
    std::fill(layer_cycles_.begin(), layer_cycles_.end(), 0);
    clear_counters();
  }
  if ((actions & NEARTILE_CONTROL_RESET) != 0) {
    reset_wanted_ = true;
    if ((registers_.get(NEARTILE_STATUS) & NEARTILE_STATUS_BUSY) != 0) {
      scoreboard_.abort();
    } else {
      reset();
    }
  }
  return true;
}

void Controller::ring() {
  registers_.set(NEARTILE_STATUS, NEARTILE_STATUS_BUSY);
  registers_.set(NEARTILE_ERROR_CODE, NEARTILE_ERROR_CODE_NONE);
  registers_.set(NEARTILE_ERROR_COMMAND, router::no_command);
  doorbell_.notify(sc_core::SC_ZERO_TIME);
}

// A layer may go to any group whose arrays take the same tiles and operands as the one it was compiled for.
router::ProgramError Controller::route_layers() {
  routing_.clear();
  for (std::uint32_t layer = 0; layer < program_.layers.size(); ++layer) {
    const std::uint32_t own = program_.layers[layer].group;
    std::uint32_t group = NEARTILE_ROUTE_OF_PROGRAM;
    if (layer < most_routes) group = static_cast<std::uint32_t>(registers_.get(NEARTILE_ROUTE(layer)));
    if (group == NEARTILE_ROUTE_OF_PROGRAM) group = own;
    const router::GroupConfig &to = config_.arrays[group], &from = config_.arrays[own];
    if (to.count < from.count || to.array.rows != from.array.rows || to.array.columns != from.array.columns ||
        to.array.pe.format != from.array.pe.format) {
      return {router::ProgramErrorCode::route, router::no_command};
    }
    routing_.push_back(group);
  }
  return {};
}

void Controller::finish(const router::ProgramError& error) {
  if (reset_wanted_) return reset();
  const bool failed = error.code != router::ProgramErrorCode::none;
  registers_.set(NEARTILE_ERROR_CODE, static_cast<std::uint32_t>(error.code));
  registers_.set(NEARTILE_ERROR_COMMAND, error.command);
  const std::uint32_t event = failed ? NEARTILE_STATUS_ERROR : NEARTILE_STATUS_DONE;
  registers_.set(NEARTILE_STATUS, event);
  registers_.set(NEARTILE_INTERRUPT_STATUS, registers_.get(NEARTILE_INTERRUPT_STATUS) | event);
  irq_change_.notify(sc_core::SC_ZERO_TIME);
}

void Controller::reset() {
  reset_wanted_ = false;
  registers_.reset();
  std::fill(layer_cycles_.begin(), layer_cycles_.end(), 0);
  clear_counters();
  irq_change_.notify(sc_core::SC_ZERO_TIME);
}

}  // namespace neartile::sc_models
