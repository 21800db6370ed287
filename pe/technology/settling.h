#pragma once

#include "timed_program.h"

namespace neartile::pe {

/// Sets how many words of time each step computes and stores: nets that settle early have no later words,
/// except where a reader needs them. Each step must have a register of its own.
void set_words_by_settling(TimedProgram& program);

}  // namespace neartile::pe
