#include "neartile/pe/multiplier.h"

#include <algorithm>
#include <cstdlib>

#include "multiplier_name.h"
#include "multipliers/families.h"

namespace neartile::pe {
namespace {

// The wrapper's output saturates: a core that rounds up (DRUM) can exceed 2^15 where an operand is -128.
std::int16_t signed_product(const MultiplierName& name, int activation, int weight) {
  const auto magnitude = static_cast<std::int64_t>(
      name.family->core(static_cast<std::uint32_t>(std::abs(activation)),
                        static_cast<std::uint32_t>(std::abs(weight)), name.parameters));
  const std::int64_t product = (activation < 0) != (weight < 0) ? -magnitude : magnitude;
  return static_cast<std::int16_t>(std::clamp<std::int64_t>(product, INT16_MIN, INT16_MAX));
}

}  // namespace

std::span<const MultiplierFamily* const> multiplier_families() {
  return all_families;
}

Multiplier make_multiplier(std::string_view name, Format format) {
  const MultiplierName parsed = parse_multiplier_name(name);
  std::vector<std::int16_t> products(TruthTable::size);
  bool exact = true;
  for (std::size_t i = 0; i < TruthTable::size; ++i) {
    const int activation = activation_value(format, static_cast<std::uint8_t>(i >> 8));
    const int weight = weight_value(static_cast<std::uint8_t>(i));
    products[i] = signed_product(parsed, activation, weight);
    exact &= products[i] == activation * weight;
  }
  return {parsed.text(), format, exact, std::make_shared<const TruthTable>(std::move(products))};
}

}  // namespace neartile::pe
