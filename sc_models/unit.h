#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <functional>

#include "neartile/array/cycle_law.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"

namespace neartile::sc_models {

/// What the controller writes to a unit's command socket: a command of a program, the array that the
/// routing table chose for it (for commands that name a part), and which of the unit's engines takes it.
struct WorkOrder {
  const router::Program* program = nullptr;
  const router::Command* command = nullptr;
  std::uint64_t array = 0;
  std::uint64_t engine = 0;
  /// For units that learn later when an order is complete: called once, in time `after` it will be.
  std::function<void(bool ok, const sc_core::sc_time& after)> finished{};
  /// The unit's answer: time until the engine takes its next order, at most that until this one is complete.
  sc_core::sc_time busy{};
  array::TileTiming tile{};         ///< of a MATMUL, in clock cycles
  std::uint64_t buffer_cycles = 0;  ///< of a MATMUL: its stream began so much later for conflicts in buffers
  /// The unit's answer: finished() says when the order is complete.
  bool finishes_later = false;

  const router::ProgramLayer& layer() const { return program->layers[command->layer]; }
};

/// The group that an array of the chip belongs to.
const router::GroupConfig& group_of(const router::ChipConfig& chip, std::uint64_t array);

/// Bytes of one of the two halves of an array's accumulators: vectors x columns x 4.
std::uint64_t accumulator_half_bytes(const router::ChipConfig& chip, std::uint64_t array);

/// Whole clock cycles on the simulation's time axis.
class Clock {
 public:
  explicit Clock(double frequency_MHz) : period_(1.0 / frequency_MHz, sc_core::SC_US) {}
  sc_core::sc_time time(std::uint64_t cycles) const { return period_ * static_cast<double>(cycles); }
  /// The first clock edge at or after `time`, as its number.
  std::uint64_t cycle(const sc_core::sc_time& time) const {
    const std::uint64_t period = period_.value();
    return (time.value() + period - 1) / period;
  }

 private:
  sc_core::sc_time period_;
};

/// A part of the chip that executes commands. A write of a WorkOrder does the work at once; the delay
/// that comes back is the time until it is complete, unless that comes with finished().
class Unit : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<Unit, 32> command{"command"};

 protected:
  Unit(sc_core::sc_module_name name, const Clock& clock) : sc_module(name), clock_(clock) {
    command.register_b_transport(this, &Unit::b_transport);
  }
  /// Cycles in which an order's engine is free for the next and in which the order is complete.
  struct Execution {
    static constexpr std::uint64_t later = ~std::uint64_t{0};  ///< complete when finished() says so
    std::uint64_t free = 0;
    std::uint64_t complete = 0;
    array::TileTiming tile{};  ///< of a MATMUL
    std::uint64_t buffer_cycles =
        0;  ///< of a MATMUL: its stream began so much later for conflicts in buffers
  };
  /// Executes `order`, which arrives at cycle `start`; throws TransferError where a buffer or memory refused
  /// an access. May wait.
  virtual Execution execute(const WorkOrder& order, std::uint64_t start) = 0;

  struct TransferError {};
  static void expect(bool ok) {
    if (!ok) throw TransferError{};
  }
  const Clock& clock() const { return clock_; }
  /// Time until a cycle begins; zero where it has.
  sc_core::sc_time until(std::uint64_t cycle) const;

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);

  Clock clock_;
};

}  // namespace neartile::sc_models
