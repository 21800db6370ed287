#pragma once

#include <vector>

#include "neartile/pe/netlist.h"
#include "neartile/pe/netlist_evaluation.h"

namespace neartile::pe::testing {

/// Toggles of gate outputs in one transition, step by step and gate by gate: slow and obvious. A gate waits
/// `delay` steps after its function changed and then follows, unless the function changed back before. A
/// function that was high exactly as long as the delay is followed, one that was low is not.
inline std::vector<unsigned> timed_toggles(const Netlist& netlist, const std::vector<std::uint16_t>& delays,
                                           OperandPair from, OperandPair to, unsigned steps) {
  std::vector<bool> value(netlist.nets().size(), false);
  value[Netlist::one] = true;
  const auto set_operands = [&](OperandPair pair) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      value[netlist.activation()[bit]] = pair.activation >> bit & 1;
      value[netlist.weight()[bit]] = pair.weight >> bit & 1;
    }
  };
  const auto function_of = [&](const Gate& gate) {
    unsigned row = 0;
    for (std::size_t pin = 0; pin < gate.inputs.size(); ++pin)
      row |= unsigned{value[gate.inputs[pin]]} << pin;
    return bool(netlist.cell_of(gate).function.table >> row & 1);
  };
  struct State {
    bool function = false, waiting = false;
    unsigned due = 0;
  };
  std::vector<State> states(netlist.gates().size());
  set_operands(from);
  for (std::size_t i = 0; i < states.size(); ++i)
    value[netlist.gates()[i].output] = states[i].function = function_of(netlist.gates()[i]);
  std::vector<unsigned> toggles(netlist.nets().size(), 0);
  set_operands(to);
  for (unsigned now = 0; now < steps; ++now) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      const Gate& gate = netlist.gates()[i];
      State& state = states[i];
      const auto follow = [&](bool to_high) {
        if (!state.waiting || state.due != now || value[gate.output] == to_high) return;
        value[gate.output] = to_high;
        ++toggles[gate.output];
        state.waiting = false;
      };
      follow(true);
      const bool function = function_of(gate);
      if (function != state.function) {
        state.function = function;
        state.waiting = function != value[gate.output];
        state.due = now + delays[i];
      }
      follow(false);
    }
  }
  return toggles;
}

}  // namespace neartile::pe::testing
