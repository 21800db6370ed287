#pragma once

#include "timed_program.h"

namespace neartile::pe {

/// Splits a function of more than three inputs: appends steps without delay, and returns a function of at
/// most three, of the registers that `inputs` then has. Few steps where inputs come together in pairs or
/// triples, as in AND-OR cells.
CellFunction to_three_inputs(CellFunction function, std::vector<std::uint32_t>& inputs,
                             TimedProgram& program);

/// The same table for three inputs, of which the further ones do not matter.
std::uint8_t widened(const CellFunction& function);

/// A step of the function of one to three registers into a new one, without delay.
TimedStep logic_step(const CellFunction& function, const std::vector<std::uint32_t>& inputs,
                     TimedProgram& program);

}  // namespace neartile::pe
