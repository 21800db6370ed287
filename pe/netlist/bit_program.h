#pragma once

#include <cstdint>
#include <vector>

#include "neartile/pe/netlist.h"

namespace neartile::pe {

/// A step of a bit-parallel program on registers of many bits: out = a op b, or for select a ? b : c.
struct BitStep {
  enum class Op : std::uint8_t { copy, invert, and_, or_, xor_, and_not, or_not, xnor_, select };
  Op op = Op::copy;
  std::uint32_t out = 0, a = 0, b = 0, c = 0;
};

/// A netlist as straight-line bit operations. Register i is net i; further registers hold steps between.
/// Registers 0 and 1 must hold zeros and ones, the operands' nets their bits.
struct BitProgram {
  std::vector<BitStep> steps;
  std::uint32_t registers = 0;
};

BitProgram compile_bits(const Netlist& netlist);

/// Runs the program on registers of `words` 64-bit words each: register r is bits[r * words ..].
void run_bits(const BitProgram& program, std::uint64_t* bits, std::size_t words);

}  // namespace neartile::pe
