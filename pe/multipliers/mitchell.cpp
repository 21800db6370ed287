#include <bit>

#include "../circuits/arithmetic.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

// With a = 2^k1 (1 + x1) and b = 2^k2 (1 + x2); fractions in units of 2^-7.
std::uint32_t core(std::uint32_t a, std::uint32_t b, Parameters) {
  if (a == 0 || b == 0) return 0;
  const int k1 = std::bit_width(a) - 1, k2 = std::bit_width(b) - 1;
  const std::uint32_t fractions = (a << (7 - k1)) - 128 + (b << (7 - k2)) - 128;
  return fractions < 128 ? (128 + fractions) << (k1 + k2) >> 7 : fractions << (k1 + k2 + 1) >> 7;
}

// k and 7 bits of x, as one number: the logarithm, nearly.
Bus logarithm(Gates& g, const Bus& x) {
  const Bus k = encode(g, leading_one(g, x));
  Bus number = slice(shift_left(g, x, inverted(g, k), 8), 0, 7);
  number.insert(number.end(), k.begin(), k.end());
  return number;
}

Bus core_gates(Gates& g, const Bus& a, const Bus& b, Parameters) {
  const Bus sum = add(g, logarithm(g, a), logarithm(g, b), 11);
  Bus mantissa = slice(sum, 0, 7);
  mantissa.push_back(Netlist::one);
  mantissa = gated(g, mantissa, g.and_(any(g, a), any(g, b)));
  return slice(shift_left(g, mantissa, slice(sum, 7, 4), 23), 7, 16);
}

}  // namespace

// J. N. Mitchell: Computer multiplication and division using binary logarithms, IRE Trans. 1962.
const MultiplierFamily mitchell_family{.name = "mitchell",
                                       .help = "adds logarithms that are linear between powers of two",
                                       .parameters = {},
                                       .core = core,
                                       .core_gates = core_gates};

}  // namespace neartile::pe
