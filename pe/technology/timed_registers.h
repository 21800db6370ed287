#pragma once

#include <span>

#include "timed_program.h"

namespace neartile::pe {

/// Constants and operands, which come first and are never given to a step.
inline constexpr std::uint32_t fixed_registers = 18;

/// Orders steps depth first from those that no other reads: what is made is soon read, and few registers
/// are in use at a time. Each step must have a register of its own.
void put_readers_close(TimedProgram& program);

/// Gives steps registers of a small set, each free again after its last use, so that waves stay in cache.
/// `level`, by step and never falling, is empty or says that levels run in a loop each, inside those of
/// lower levels: what a higher level reads is then kept.
void reuse_registers(TimedProgram& program, std::span<const std::uint8_t> level = {});

}  // namespace neartile::pe
