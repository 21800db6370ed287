#include "controller.h"
#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {

void Controller::hold_in_reset(bool held) {
  held_in_reset_ = held;
  if (held) {
    registers_.set(NEARTILE_STATUS, NEARTILE_STATUS_BUSY);
    reset_request_.notify(sc_core::SC_ZERO_TIME);
  }
  note_drained();
}

// Whoever waits for a unit is woken; what the units still have in flight comes to its end by itself. One
// cycle is the least that a reset takes, so that all have seen it.
void Controller::run_resets() {
  while (true) {
    sc_core::wait(reset_request_);
    resetting_ = true;
    registers_.set(NEARTILE_STATUS, NEARTILE_STATUS_BUSY);
    scoreboard_.abandon();
    units.stop();
    stop_.notify(sc_core::SC_ZERO_TIME);
    sc_core::wait(clock_.time(1));
    while (held_in_reset_ || running_ || issuing_ > 0 || !units.drained()) sc_core::wait(reset_progress_);
    reset();
  }
}

void Controller::reset() {
  resetting_ = false;
  doorbell_.cancel();
  irq_changes_.clear();
  irq_enabled_ = 0;
  registers_.reset();
  clear_counters();
  units.restart();
  irq_changes_.after(sc_core::SC_ZERO_TIME, [this] { drive_irq(); });
}

}  // namespace neartile::sc_models
