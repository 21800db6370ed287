#include <algorithm>

#include "controller.h"
#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {

tlm::tlm_response_status Controller::write_register(std::uint64_t address, std::uint32_t value,
                                                    const sc_core::sc_time& after) {
  host_time_ = after;
  return registers_.write(address, value);
}

bool Controller::idle() const {
  return (registers_.get(NEARTILE_STATUS) & NEARTILE_STATUS_BUSY) == 0;
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
  registers_.on_write(NEARTILE_INTERRUPT_STATUS, [this](auto, auto) {
    irq_changes_.after(host_time_, [this] { drive_irq(); });
    return true;
  });
  registers_.on_write(NEARTILE_INTERRUPT_ENABLE, [this](auto, std::uint32_t enabled) {
    irq_changes_.after(host_time_, [this, enabled] {
      irq_enabled_ = enabled;
      drive_irq();
    });
    return true;
  });
  registers_.read_from(NEARTILE_LAYER_CYCLES_LOW(0), [this](std::uint32_t layer) {
    return layer < layer_cycles_.size() ? layer_cycles_[layer] : 0;
  });
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.dont_initialize();
  options.set_sensitivity(&irq_changes_.due());
  sc_core::sc_spawn([this] { irq_changes_.make_due(); }, "change_irq", &options);
}

void Controller::drive_irq() {
  irq.write((registers_.get(NEARTILE_INTERRUPT_STATUS) & irq_enabled_) != 0);
}

bool Controller::control(std::uint32_t actions) {
  if ((actions & NEARTILE_CONTROL_CLEAR_COUNTERS) != 0) clear_counters();
  if ((actions & NEARTILE_CONTROL_RESET) != 0) {
    registers_.set(NEARTILE_STATUS, NEARTILE_STATUS_BUSY);
    reset_request_.notify(host_time_);
  }
  return true;
}

void Controller::ring() {
  registers_.set(NEARTILE_STATUS, NEARTILE_STATUS_BUSY);
  registers_.set(NEARTILE_ERROR_CODE, NEARTILE_ERROR_CODE_NONE);
  registers_.set(NEARTILE_ERROR_COMMAND, router::no_command);
  doorbell_.notify(host_time_);
}

// A layer may go to any group whose arrays take the same tiles and operands as the one it was compiled for,
// but where images share the arrays: their commands wait for what the program's own groups do.
router::ProgramError Controller::route_layers() {
  routing_.clear();
  for (std::uint32_t layer = 0; layer < program().layers.size(); ++layer) {
    const std::uint32_t own = program().layers[layer].group;
    std::uint32_t group = NEARTILE_ROUTE_OF_PROGRAM;
    if (layer < most_routes) group = static_cast<std::uint32_t>(registers_.get(NEARTILE_ROUTE(layer)));
    if (group == NEARTILE_ROUTE_OF_PROGRAM) group = own;
    const router::GroupConfig &to = config_.arrays[group], &from = config_.arrays[own];
    if (to.count < from.count || to.array.rows != from.array.rows || to.array.columns != from.array.columns ||
        to.array.pe.format != from.array.pe.format || (program().images > 1 && group != own)) {
      return {router::ProgramErrorCode::route, router::no_command};
    }
    routing_.push_back(group);
  }
  return {};
}

void Controller::finish(const router::ProgramError& error) {
  const bool failed = error.code != router::ProgramErrorCode::none;
  registers_.set(NEARTILE_ERROR_CODE, static_cast<std::uint32_t>(error.code));
  registers_.set(NEARTILE_ERROR_COMMAND, error.command);
  const std::uint32_t event = failed ? NEARTILE_STATUS_ERROR : NEARTILE_STATUS_DONE;
  registers_.set(NEARTILE_STATUS, event);
  registers_.set(NEARTILE_INTERRUPT_STATUS, registers_.get(NEARTILE_INTERRUPT_STATUS) | event);
  irq_changes_.after(sc_core::SC_ZERO_TIME, [this] { drive_irq(); });
}

void Controller::clear_counters() {
  std::fill(layer_cycles_.begin(), layer_cycles_.end(), 0);
  clear_array_counters();
  clear_layer_counters();
}

}  // namespace neartile::sc_models
