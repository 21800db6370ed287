#pragma once

#include "timed_program.h"

namespace neartile::pe {

/// Steps, in an order in which they may run, get the narrowest words that hold their last change. What
/// wider steps read of narrower ones is prolonged by steps of its own, before its first reader.
void set_widths_by_settling(TimedProgram& program);

}  // namespace neartile::pe
