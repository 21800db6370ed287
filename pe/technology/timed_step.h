#pragma once

#include <cstdint>

namespace neartile::pe {

/// One step on waves. A wave is a net over time, for many transitions: four words a transition, of which
/// word i has the values at steps 4 k + i in its bits k. Words have 16, 32 or 64 bits: 64, 128 or 256 steps.
/// Step 0 is the settled circuit before the transition; operands change at step 1. A step writes a function
/// of three registers, passed through an inertial delay: low pulses of at most the delay and high pulses
/// shorter than it vanish.
struct TimedStep {
  std::uint8_t function = 0;    ///< its table: bit i where a, b, c are bits 0, 1, 2 of i
  std::uint8_t width = 0;       ///< of the words: 16 << width bits
  std::uint8_t from_width = 0;  ///< of the inputs; if it is less, `a` is only prolonged by its last value
  std::uint16_t delay = 0;      ///< in steps; 0 for logic inside a gate, which is neither delayed nor counted
  std::uint16_t energy = 0;     ///< of one toggle, in units of TimedProgram::unit_fJ, below 2^15
  std::uint32_t net = 0;
  std::uint32_t out = 0, a = 0, b = 0, c = 0;  ///< registers
};

}  // namespace neartile::pe
