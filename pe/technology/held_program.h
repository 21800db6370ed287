#pragma once

#include <cstddef>
#include <vector>

#include "timed_run.h"

namespace neartile::pe {

/// A program for all 65,536 transitions a -> a' under a held weight. A net whose gates see only some bits
/// of the activation has a wave for each transition of those bits, not for each of all eight: bits come in
/// an order, and a step belongs to the level of the last bit that it depends on. Level 0 takes the first
/// `tile_bits` bits, each further level one more; its steps run once for each transition of the bits up to
/// its own, in `tile` lanes.
struct HeldProgram {
  static constexpr unsigned tile_bits = 3, levels = 8 - tile_bits + 1;
  static constexpr std::size_t tile = std::size_t{1} << 2 * tile_bits;  ///< transitions
  TimedProgram program;
  std::array<std::uint8_t, 8> order{};                ///< of activation bits, chosen to cost least
  std::array<std::size_t, levels + 1> level_start{};  ///< in steps
};

HeldProgram compile_held(const Netlist& netlist, const CircuitCost& cost, const TimedSettings& settings,
                         double step_ps, std::uint8_t weight);

/// Energies, in units of the program, of transitions [from << 8 | to].
std::vector<std::uint64_t> held_energies(const HeldProgram& program, TimedKernel kernel);

}  // namespace neartile::pe
