#include "../circuits/arithmetic.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

std::uint32_t recursive(std::uint32_t a, std::uint32_t b, unsigned bits) {
  if (bits == 2) return a == 3 && b == 3 ? 7 : a * b;
  const unsigned half = bits / 2;
  const std::uint32_t mask = (1u << half) - 1;
  const std::uint32_t al = a & mask, ah = a >> half, bl = b & mask, bh = b >> half;
  return recursive(al, bl, half) + ((recursive(al, bh, half) + recursive(ah, bl, half)) << half) +
         (recursive(ah, bh, half) << bits);
}

// 3 x 3 = 7 saves the fourth product bit, and the adder that makes it.
Bus block(Gates& g, const Bus& a, const Bus& b) {
  return {g.and_(a[0], b[0]), g.or_(g.and_(a[1], b[0]), g.and_(a[0], b[1])), g.and_(a[1], b[1]),
          Netlist::zero};
}

Bus recursive_gates(Gates& g, const Bus& a, const Bus& b) {
  const std::size_t bits = a.size(), half = bits / 2;
  if (bits == 2) return block(g, a, b);
  const Bus al = slice(a, 0, half), ah = slice(a, half, half);
  const Bus bl = slice(b, 0, half), bh = slice(b, half, half);
  Bus outer = recursive_gates(g, al, bl);
  const Bus high = recursive_gates(g, ah, bh);
  outer.insert(outer.end(), high.begin(), high.end());
  const Bus middle = add(g, recursive_gates(g, al, bh), recursive_gates(g, ah, bl), bits + 1);
  return add(g, outer, shifted(middle, half, 2 * bits), 2 * bits);
}

}  // namespace

// P. Kulkarni, P. Gupta, M. Ercegovac: Trading accuracy for power with an underdesigned multiplier
// architecture, VLSI Design 2011.
const MultiplierFamily udm_family{
    .name = "udm",
    .help = "of 2x2 blocks that make 3 x 3 = 7, added exactly",
    .parameters = {},
    .core = [](std::uint32_t a, std::uint32_t b, Parameters) { return recursive(a, b, 8); },
    .core_gates = [](Gates& g, const Bus& a, const Bus& b, Parameters) { return recursive_gates(g, a, b); }};

}  // namespace neartile::pe
