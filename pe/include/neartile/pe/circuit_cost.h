#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "neartile/pe/netlist.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/technology.h"

namespace neartile::pe {

/// What zero_delay_toggles() gives, by the vectors of the processor at hand: for long stimuli.
std::vector<std::uint64_t> fast_zero_delay_toggles(const Netlist& netlist,
                                                   std::span<const OperandPair> stimulus);

/// What surrounds a circuit.
struct Surroundings {
  double input_slew_ps = 20;
  double output_load_fF = 1;  ///< at each product bit
};

/// What a mapped circuit costs at rest, and what each of its toggles costs and takes.
struct CircuitCost {
  double area_um2 = 0;
  double leakage_nW = 0;
  double critical_path_ps = 0;           ///< slowest arcs, rising and falling edges apart
  std::vector<double> load_fF;           ///< [net] pins, estimated wire, product load
  std::vector<double> toggle_energy_fJ;  ///< [net] internal of the driving cell + 1/2 C V^2; 0 for operands
  std::vector<double> delay_ps;          ///< [gate] mean over arcs and over rise and fall
};

/// Static timing and energies. Throws InputError for a gate whose cell or pins the technology lacks: such
/// a netlist is not mapped to it.
CircuitCost circuit_cost(const Netlist& netlist, const Technology& technology,
                         const Surroundings& surroundings = {});

/// Timed evaluation has 64 * words steps, of one size. It is chosen as small as the circuit's longest path
/// allows; more words are more exact and slower.
struct TimedSettings {
  unsigned words = 2;  ///< 1, 2 or 4
};

/// The step that the settings give, ps. Throws InputError for circuits that are too deep.
double timed_step_ps(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings = {});

/// Energy and toggles of a stimulus, sums over the transitions between consecutive operations. Timed ones
/// count glitches; each transition starts from a settled circuit. Operand nets count in toggles but cost
/// nothing here: their drivers pay.
struct StimulusCost {
  std::uint64_t transitions = 0;
  std::vector<std::uint64_t> toggles, zero_delay_toggles;  ///< [net]
  double energy_fJ = 0, zero_delay_energy_fJ = 0;
  double energy_fJ_per_operation() const { return transitions ? energy_fJ / double(transitions) : 0; }
  double zero_delay_energy_fJ_per_operation() const {
    return transitions ? zero_delay_energy_fJ / double(transitions) : 0;
  }
};
StimulusCost stimulus_cost(const Netlist& netlist, const CircuitCost& cost,
                           std::span<const OperandPair> stimulus, const TimedSettings& settings = {});

/// Timed energy, fJ, of each transition `from[i]` -> `to[i]`.
std::vector<float> transition_energies_fJ(const Netlist& netlist, const CircuitCost& cost,
                                          std::span<const OperandPair> from, std::span<const OperandPair> to,
                                          const TimedSettings& settings = {});

}  // namespace neartile::pe
