#include <bit>

#include "../circuits/arithmetic.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

// The nearest power of two; ties go up, but 3 to 2; 0 stays.
std::uint32_t rounded(std::uint32_t x) {
  if (x == 0 || x == 3) return x & 2;
  const std::uint32_t low = std::bit_floor(x);
  return x - low >= 2 * low - x ? 2 * low : low;
}

std::uint32_t core(std::uint32_t a, std::uint32_t b, Parameters) {
  const std::uint32_t ra = rounded(a), rb = rounded(b);
  return ra * b + a * rb - ra * rb;
}

// One-hot, 9 bits: a leading one with the bit below it set rounds up, save in 3.
Bus rounded_gates(Gates& g, const Bus& x) {
  const Bus leading = leading_one(g, x);
  Bus one_hot(9, Netlist::zero);
  for (std::size_t i = 0; i < 8; ++i) {
    const NetIndex up = i < 2 ? Netlist::zero : g.and_(leading[i], x[i - 1]);
    one_hot[i] = g.or_(one_hot[i], g.and_(leading[i], g.invert(up)));
    one_hot[i + 1] = up;
  }
  return one_hot;
}

Bus core_gates(Gates& g, const Bus& a, const Bus& b, Parameters) {
  const Bus ra = rounded_gates(g, a), rb = rounded_gates(g, b);
  const Bus places_a = encode(g, ra), places_b = encode(g, rb);
  const NetIndex some_a = any(g, a), some_b = any(g, b);
  const Bus first = shift_left(g, gated(g, b, some_a), places_a, 16);
  const Bus second = shift_left(g, gated(g, a, some_b), places_b, 16);
  const Bus third = shift_left(g, gated(g, rb, some_a), places_a, 16);
  return subtract(g, add(g, first, second, 16), third, 16);
}

}  // namespace

// R. Zendegani and others: RoBA multiplier, a rounding-based approximate multiplier for high-speed yet
// energy-efficient digital signal processing, IEEE TVLSI 2017.
const MultiplierFamily roba_family{
    .name = "roba",
    .help = "rounds operands to powers of two, leaves out the product of the rests",
    .parameters = {},
    .core = core,
    .core_gates = core_gates};

}  // namespace neartile::pe
