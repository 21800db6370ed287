#pragma once

#include <cstdint>

namespace neartile::pe {

/// One step on waves. A wave is a net over time, for eight transitions at once: 64 * words bits a
/// transition, bit t the value at step t. Bit 0 is the settled circuit before the transition; operands
/// change at bit 1. A step writes a function of three registers, passed through an inertial delay: low
/// pulses of at most the delay and high pulses shorter than it vanish.
struct TimedStep {
  std::uint8_t function = 0;  ///< its table: bit i where a, b, c are bits 0, 1, 2 of i
  std::uint16_t delay = 0;    ///< in steps; 0 for logic inside a gate, which is neither delayed nor counted
  std::uint8_t words = 1;     ///< of time to compute: the output does not change after them
  std::uint8_t stored = 1;    ///< of time to write, at least `words`: what readers need
  std::uint32_t energy = 0;   ///< of one toggle, in units of TimedProgram::unit_fJ
  std::uint32_t net = 0;
  std::uint32_t out = 0, a = 0, b = 0, c = 0;  ///< registers
};

}  // namespace neartile::pe
