#include <bit>

#include "multipliers/families.h"

namespace neartile::pe {
namespace {

constexpr MultiplierFamily::Parameter parameters[] = {{"k", 2, 8}};

// The k bits from the leading one down, the last of them set to 1: half of what it cuts off, on average.
std::uint32_t leading_bits(std::uint32_t x, int k) {
  const int cut = std::bit_width(x) - k;
  return cut <= 0 ? x : (x >> cut | 1) << cut;
}

std::uint32_t core(std::uint32_t a, std::uint32_t b, std::span<const int> values) {
  return leading_bits(a, values[0]) * leading_bits(b, values[0]);
}

}  // namespace

// S. Hashemi, R. I. Bahar, S. Reda: DRUM, a dynamic range unbiased multiplier, ICCAD 2015.
const MultiplierFamily drum_family{"drum", "multiplies the k leading bits of each operand, unbiased",
                                   parameters, core};

}  // namespace neartile::pe
