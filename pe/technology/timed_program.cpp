#include "timed_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "neartile/pe/base/error.h"
#include "settling.h"
#include "three_inputs.h"
#include "timed_registers.h"

namespace neartile::pe {
namespace {

std::size_t longest_path(const Netlist& netlist, const std::vector<std::uint16_t>& delays) {
  std::vector<std::size_t> arrival(netlist.nets().size(), 0);
  std::size_t longest = 0;
  for (std::size_t i = 0; i < delays.size(); ++i) {
    const Gate& gate = netlist.gates()[i];
    std::size_t latest = 0;
    for (const NetIndex net : gate.inputs) latest = std::max(latest, arrival[net]);
    arrival[gate.output] = latest + delays[i];
    longest = std::max(longest, arrival[gate.output]);
  }
  return longest;
}

// The function of the inputs that are not constant, which replace `inputs`.
CellFunction without_constants(const CellFunction& function, std::vector<std::uint32_t>& inputs) {
  CellFunction rest;
  std::vector<unsigned> pins;
  unsigned fixed = 0;
  for (unsigned pin = 0; pin < function.inputs; ++pin) {
    if (inputs[pin] == Netlist::one) fixed |= 1u << pin;
    if (inputs[pin] > Netlist::one) pins.push_back(pin);
  }
  rest.inputs = static_cast<unsigned>(pins.size());
  for (unsigned row = 0; row < 1u << rest.inputs; ++row) {
    unsigned index = fixed;
    for (std::size_t i = 0; i < pins.size(); ++i) index |= (row >> i & 1) << pins[i];
    rest.table |= (function.table >> index & 1) << row;
  }
  std::erase_if(inputs, [](std::uint32_t reg) { return reg <= Netlist::one; });
  return rest;
}

// As small as lets a toggle be weighed in 15 bits and a transition summed up in 32, whatever toggles.
double energy_unit_fJ(const Netlist& netlist, const CircuitCost& cost,
                      const std::vector<std::uint16_t>& delays, unsigned steps) {
  double of_toggle_fJ = 1e-6, of_transition_fJ = 0;
  for (std::size_t i = 0; i < delays.size(); ++i) {
    const double energy_fJ = std::max(0.0, cost.toggle_energy_fJ[netlist.gates()[i].output]);
    of_toggle_fJ = std::max(of_toggle_fJ, energy_fJ);
    of_transition_fJ += energy_fJ * (steps / delays[i] + 1);
  }
  return std::max(of_toggle_fJ / 32767, of_transition_fJ / 0xf0000000u);
}

bool is_constant(const CellFunction& f) {
  const std::uint64_t all = f.inputs == 6 ? ~std::uint64_t{0} : (std::uint64_t{1} << (1u << f.inputs)) - 1;
  return (f.table & all) == 0 || (f.table & all) == all;
}

}  // namespace

std::vector<std::uint16_t> delays_in_steps(const CircuitCost& cost, double step_ps) {
  std::vector<std::uint16_t> delays;
  for (const double delay : cost.delay_ps)
    delays.push_back(static_cast<std::uint16_t>(std::clamp(std::floor(delay / step_ps + 0.5), 1.0, 1000.0)));
  return delays;
}

double timed_step_ps(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings) {
  if (settings.words != 1 && settings.words != 2 && settings.words != 4)
    throw InputError(netlist.name(), fmt::format("{} words of time, expected 1, 2 or 4", settings.words));
  const std::size_t most = 64 * settings.words - 2;
  double longest_ps = 0, step_ps = 0.1;
  std::vector<double> arrival(netlist.nets().size(), 0);
  for (std::size_t i = 0; i < netlist.gates().size(); ++i) {
    const Gate& gate = netlist.gates()[i];
    double latest = 0;
    for (const NetIndex net : gate.inputs) latest = std::max(latest, arrival[net]);
    arrival[gate.output] = latest + cost.delay_ps[i];
    longest_ps = std::max(longest_ps, arrival[gate.output]);
  }
  step_ps = std::max(step_ps, std::floor(longest_ps / double(most) * 20) / 20);  // twentieths of a picosecond
  if (longest_path(netlist, delays_in_steps(cost, 1e9)) > most)
    throw InputError(netlist.name(),
                     fmt::format("deeper than {} gates, expected at most so many steps of time", most));
  while (longest_path(netlist, delays_in_steps(cost, step_ps)) > most)
    step_ps += std::max(0.05, step_ps / 200);
  return step_ps;
}

TimedProgram timed_steps(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings,
                         double step_ps, std::optional<std::uint8_t> held_weight) {
  TimedProgram program;
  program.words = settings.words;
  const std::vector<std::uint16_t> delays = delays_in_steps(cost, step_ps);
  program.unit_fJ = energy_unit_fJ(netlist, cost, delays, 64 * settings.words);
  std::vector<std::uint32_t> reg(netlist.nets().size());
  program.registers = 2;
  reg[Netlist::one] = 1;
  for (std::size_t bit = 0; bit < 8; ++bit) {
    program.operands[bit] = program.registers++;
    reg[netlist.weight()[bit]] = held_weight ? *held_weight >> bit & 1u : program.operands[bit];
    program.operands[8 + bit] = reg[netlist.activation()[bit]] = program.registers++;
  }
  for (std::size_t i = 0; i < delays.size(); ++i) {
    const Gate& gate = netlist.gates()[i];
    std::vector<std::uint32_t> inputs;
    for (const NetIndex net : gate.inputs) inputs.push_back(reg[net]);
    const CellFunction function = without_constants(netlist.cell_of(gate).function, inputs);
    if (is_constant(function)) {
      reg[gate.output] = function.table & 1;
      continue;
    }
    const CellFunction last = to_three_inputs(function, inputs, program);
    TimedStep step = logic_step(last, inputs, program);
    step.delay = delays[i];
    const double energy = std::max(0.0, cost.toggle_energy_fJ[gate.output]);
    step.energy = static_cast<std::uint16_t>(energy / program.unit_fJ + 0.5);
    step.net = gate.output;
    reg[gate.output] = step.out;
    program.steps.push_back(step);
  }
  put_readers_close(program);
  set_widths_by_settling(program);
  return program;
}

TimedProgram compile_timed(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings,
                           double step_ps, std::optional<std::uint8_t> held_weight) {
  TimedProgram program = timed_steps(netlist, cost, settings, step_ps, held_weight);
  reuse_registers(program);
  return program;
}

}  // namespace neartile::pe
