#include "neartile/pe/multiplier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "multiplier_name.h"
#include "multipliers/families.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/circuit.h"
#include "neartile/pe/multiplier_file.h"

namespace neartile::pe {
namespace {

bool is_short_for(const MultiplierName& name, Format format) {
  return name.form == Form::sign_magnitude && name.operands == operands_of(format);
}

// A core from a file works between magnitudes, as those of families do.
std::shared_ptr<const TruthTable> sign_magnitude_table(const Circuit& core, Format format) {
  std::vector<std::int16_t> products(TruthTable::size);
  for (unsigned i = 0; i < TruthTable::size; ++i) {
    const int a = activation_value(format, static_cast<std::uint8_t>(i >> 8));
    const int w = weight_value(static_cast<std::uint8_t>(i));
    const int magnitude =
        core.product(static_cast<std::uint8_t>(std::abs(a)), static_cast<std::uint8_t>(std::abs(w)));
    const int product = (a < 0) != (w < 0) ? -magnitude : magnitude;
    products[i] = static_cast<std::int16_t>(std::clamp<int>(product, INT16_MIN, INT16_MAX));
  }
  return std::make_shared<const TruthTable>(std::move(products));
}

Multiplier multiplier_of_file(const std::string& name, Format format) {
  Circuit circuit = read_multiplier_file(name);
  if (circuit.operands == Operands::u8u8)
    return {name, format, circuit.exact, sign_magnitude_table(circuit, format), nullptr};
  if (circuit.operands != operands_of(format))
    throw InputError(name, fmt::format("/operands: is {} in a PE of format {}, expected the same or u8u8",
                                       to_string(circuit.operands), to_string(format)));
  Multiplier multiplier = as_multiplier(circuit);
  multiplier.name = name;
  return multiplier;
}

}  // namespace

std::span<const MultiplierFamily* const> multiplier_families() {
  return all_families;
}

Multiplier make_multiplier(std::string_view name, Format format) {
  if (is_multiplier_file(name)) return multiplier_of_file(std::string(name), format);
  MultiplierName parsed = parse_multiplier_name(name);
  if (parsed.operands && *parsed.operands != operands_of(format))
    throw InputError(quoted_multiplier(name), fmt::format("is {} in a PE of format {}, expected the same",
                                                          to_string(*parsed.operands), to_string(format)));
  parsed.operands = operands_of(format);
  Multiplier multiplier = as_multiplier(make_circuit(parsed.full_text()));
  if (is_short_for(parsed, format)) multiplier.name = parsed.text();
  return multiplier;
}

}  // namespace neartile::pe
