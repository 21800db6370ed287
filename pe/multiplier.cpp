#include "neartile/pe/multiplier.h"

#include <fmt/format.h>

#include "multiplier_name.h"
#include "multipliers/families.h"
#include "neartile/pe/base/error.h"

namespace neartile::pe {
namespace {

bool is_short_for(const MultiplierName& name, Format format) {
  return name.form == Form::sign_magnitude && name.operands == operands_of(format);
}

}  // namespace

std::span<const MultiplierFamily* const> multiplier_families() {
  return all_families;
}

Multiplier make_multiplier(std::string_view name, Format format) {
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
