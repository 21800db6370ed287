#include <bit>

#include "../circuits/arithmetic.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {{"c", 0, 7}};

// Each round leaves out the product of the residues, which the next one approximates in turn.
std::uint32_t core(std::uint32_t a, std::uint32_t b, Parameters values) {
  std::uint32_t sum = 0;
  for (int round = 0; round <= values[0] && a != 0 && b != 0; ++round) {
    const int k1 = std::bit_width(a) - 1, k2 = std::bit_width(b) - 1;
    const std::uint32_t x1 = a - (1u << k1), x2 = b - (1u << k2);
    sum += (1u << (k1 + k2)) + (x1 << k2) + (x2 << k1);
    a = x1;
    b = x2;
  }
  return sum;
}

// b 2^k1 + x1 2^k2, which is the same.
Bus core_gates(Gates& g, const Bus& a_first, const Bus& b_first, Parameters values) {
  Bus a = a_first, b = b_first, sum(16, Netlist::zero);
  for (int round = 0; round <= values[0]; ++round) {
    const Bus lead_a = leading_one(g, a), lead_b = leading_one(g, b);
    Bus x1, x2;
    for (std::size_t i = 0; i < a.size(); ++i) {
      x1.push_back(g.and_(a[i], g.invert(lead_a[i])));
      x2.push_back(g.and_(b[i], g.invert(lead_b[i])));
    }
    const Bus first = shift_left(g, gated(g, b, any(g, a)), encode(g, lead_a), 16);
    const Bus second = shift_left(g, gated(g, x1, any(g, b)), encode(g, lead_b), 16);
    sum = add(g, sum, add(g, first, second, 16), 16);
    x1.pop_back();  // the leading one, if any, was at or below it
    x2.pop_back();
    a = x1;
    b = x2;
  }
  return sum;
}

}  // namespace

// Z. Babic, A. Avramovic, P. Bulic: An iterative logarithmic multiplier, Microprocessors and Microsystems
// 2011.
const MultiplierFamily iterative_mitchell_family{
    .name = "iterative_mitchell",
    .help = "Mitchell without antilogarithm, corrected c times on the residues",
    .parameters = parameters,
    .core = core,
    .core_gates = core_gates};

}  // namespace neartile::pe
