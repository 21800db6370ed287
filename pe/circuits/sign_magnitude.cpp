#include "sign_magnitude.h"

#include <algorithm>
#include <cstdlib>

namespace neartile::pe {
namespace {

// A core that rounds up (DRUM) can exceed 2^15 where an operand is -128; only then is there a limiter.
bool can_exceed_15_bits(const MultiplierName& name, Operands operands) {
  const std::uint32_t largest = operands == Operands::u8s8 ? 255 : 128;
  for (std::uint32_t a = 0; a <= largest; ++a)
    for (std::uint32_t w = 0; w <= 128; ++w)
      if (name.family->core(a, w, name.parameters) >= 0x8000) return true;
  return false;
}

// Bit 7 of a magnitude is there for -128 alone.
Bus magnitude(Gates& g, const Bus& x) {
  return negate_if(g, x[7], x, 8);
}

// 15 bits, all ones where the magnitude has a 16th.
Bus limited(Gates& g, const Bus& magnitude) {
  Bus result;
  for (std::size_t i = 0; i < 15; ++i) result.push_back(g.or_(bit(magnitude, i), bit(magnitude, 15)));
  return result;
}

}  // namespace

std::int32_t sign_magnitude_product(const MultiplierName& name, int activation, int weight) {
  const auto magnitude = static_cast<std::int32_t>(
      name.family->core(static_cast<std::uint32_t>(std::abs(activation)),
                        static_cast<std::uint32_t>(std::abs(weight)), name.parameters));
  const std::int32_t product = (activation < 0) != (weight < 0) ? -magnitude : magnitude;
  return std::clamp(product, INT16_MIN, INT16_MAX);
}

// Limited, the largest negative product is -32768: of 15 ones, inverted and not incremented, the bits are
// 0 and the sign is 1.
Bus sign_magnitude_gates(Gates& g, const MultiplierName& name, Operands operands) {
  const NetIndex activation_sign = operands == Operands::s8s8 ? g.activation()[7] : Netlist::zero;
  const NetIndex negative = g.xor_(activation_sign, g.weight()[7]);
  const Bus a = operands == Operands::s8s8 ? magnitude(g, g.activation()) : g.activation();
  const Bus product = name.family->core_gates(g, a, magnitude(g, g.weight()), name.parameters);
  if (!can_exceed_15_bits(name, operands)) return negate_if(g, negative, slice(product, 0, 15), 16);

  const NetIndex over = bit(product, 15);
  Bus result = negate_if(g, negative, limited(g, product), 16);
  for (std::size_t i = 0; i < 15; ++i) result[i] = g.and_(result[i], g.invert(g.and_(over, negative)));
  return result;
}

}  // namespace neartile::pe
