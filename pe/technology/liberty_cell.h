#pragma once

#include <string>

#include "liberty_tables.h"

namespace neartile::pe {

/// What a cell needs to know of its library. `numbers` counts table entries made so far, so that a hostile
/// file cannot ask for more than a limit.
struct LibertyContext {
  const LibertyTables& tables;
  const LibertyUnits& units;
  std::string place;
  std::size_t numbers = 0;
  void count(std::size_t more);
};

/// Reads a group cell (NAME) { .. }.
Cell read_liberty_cell(const LibertyGroup& group, LibertyContext& context);

/// The arcs and energies of an output pin's group.
void read_liberty_output(const LibertyGroup& group, LibertyContext& context, OutputPin& pin);
/// The energies of an input pin's group.
void read_liberty_input_energy(const LibertyGroup& group, LibertyContext& context, InputPin& pin);

}  // namespace neartile::pe
