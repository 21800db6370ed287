#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "neartile/pe/circuit_cost.h"
#include "timed_step.h"

namespace neartile::pe {

/// A netlist with delays as straight-line steps. A filter passes its input on after the delay, inertially:
/// low pulses of at most the delay and high pulses shorter than it vanish.
struct TimedProgram {
  unsigned words = 0;
  double unit_fJ = 0;
  std::vector<TimedStep> steps;
  std::uint32_t registers = 0;               ///< 0 is constant 0, 1 constant 1
  std::array<std::uint32_t, 16> operands{};  ///< registers: weight bits 0..7, activation bits 0..7
};

/// The gates' delays in steps of `step_ps`, at least 1. [gate]
std::vector<std::uint16_t> delays_in_steps(const CircuitCost& cost, double step_ps);

/// If a weight is held, gates that it fixes for every activation become constants. Each step has a register
/// of its own; compile_timed() gives them few.
TimedProgram timed_steps(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings,
                         double step_ps, std::optional<std::uint8_t> held_weight = std::nullopt);
TimedProgram compile_timed(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings,
                           double step_ps, std::optional<std::uint8_t> held_weight = std::nullopt);

}  // namespace neartile::pe
