#pragma once

#include <cstdint>
#include <vector>

#include "neartile/pe/circuit.h"
#include "neartile/pe/netlist_evaluation.h"

namespace neartile::pe {

/// What operands are drawn from; alike on every machine for one seed.
struct StimulusSettings {
  std::size_t transitions = 65536;
  std::uint64_t seed = 1;
};

/// Uniform operand pairs.
std::vector<OperandPair> random_stimulus(const StimulusSettings& settings = {});

/// A weight held for 256 operations while activations stream. Weights: unsigned N(128, 40), signed N(0, 40),
/// clipped. Activations: 0 with probability 1/2, else |N(0, 50)| (signed: |N(0, 32)|), rounded, 1 to 255
/// (127).
std::vector<OperandPair> held_stimulus(Operands operands, const StimulusSettings& settings = {});

}  // namespace neartile::pe
