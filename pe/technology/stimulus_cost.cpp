#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/pe/circuit_cost.h"
#include "timed_run.h"

namespace neartile::pe {
namespace {

constexpr std::size_t most_at_once = 4096;

std::uint64_t pattern(OperandPair pair) {
  return std::uint64_t{pair.activation} << 8 | pair.weight;
}

// Runs transitions in pieces. `take` gets the energies of a piece.
template <class Transition, class Take>
void in_pieces(TimedRunner& runner, std::size_t count, Transition transition,
               std::span<std::uint64_t> toggles, Take take) {
  std::vector<std::uint64_t> from(most_at_once), to(most_at_once), energies(most_at_once);
  for (std::size_t first = 0; first < count; first += most_at_once) {
    const std::size_t here = std::min(most_at_once, count - first);
    for (std::size_t i = 0; i < here; ++i) {
      const auto [before, after] = transition(first + i);
      from[i] = pattern(before);
      to[i] = pattern(after);
    }
    runner.run(from.data(), to.data(), here, energies.data(), toggles);
    take(first, here, energies);
  }
}

}  // namespace

StimulusCost stimulus_cost(const Netlist& netlist, const CircuitCost& cost,
                           std::span<const OperandPair> stimulus, const TimedSettings& settings) {
  StimulusCost result;
  result.transitions = stimulus.empty() ? 0 : stimulus.size() - 1;
  result.zero_delay_toggles = fast_zero_delay_toggles(netlist, stimulus);
  const TimedProgram program = compile_timed(netlist, cost, settings, timed_step_ps(netlist, cost, settings));
  TimedRunner runner(program);
  const std::size_t nets = netlist.nets().size();
  result.toggles.assign(nets, 0);
  in_pieces(
      runner, result.transitions, [&](std::size_t i) { return std::pair(stimulus[i], stimulus[i + 1]); },
      result.toggles, [](std::size_t, std::size_t, const std::vector<std::uint64_t>&) {});
  for (const auto* operand : {&netlist.activation(), &netlist.weight()})
    for (const NetIndex net : *operand) result.toggles[net] = result.zero_delay_toggles[net];
  for (std::size_t net = 0; net < nets; ++net) {
    result.energy_fJ += cost.toggle_energy_fJ[net] * static_cast<double>(result.toggles[net]);
    result.zero_delay_energy_fJ +=
        cost.toggle_energy_fJ[net] * static_cast<double>(result.zero_delay_toggles[net]);
  }
  return result;
}

std::vector<float> transition_energies_fJ(const Netlist& netlist, const CircuitCost& cost,
                                          std::span<const OperandPair> from, std::span<const OperandPair> to,
                                          const TimedSettings& settings) {
  if (from.size() != to.size()) throw InputError("transitions: as many pairs before as after are expected");
  const TimedProgram program = compile_timed(netlist, cost, settings, timed_step_ps(netlist, cost, settings));
  TimedRunner runner(program);
  std::vector<float> result(from.size());
  in_pieces(
      runner, from.size(), [&](std::size_t i) { return std::pair(from[i], to[i]); }, {},
      [&](std::size_t first, std::size_t count, const std::vector<std::uint64_t>& energies) {
        for (std::size_t i = 0; i < count; ++i)
          result[first + i] = static_cast<float>(static_cast<double>(energies[i]) * program.unit_fJ);
      });
  return result;
}

}  // namespace neartile::pe
