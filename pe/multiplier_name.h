#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/circuit.h"

namespace neartile::pe {

/// How a family serves operands: its core alone, a sign-magnitude wrapper round it, or two's complement.
enum class Form : std::uint8_t { core, sign_magnitude, native };

/// A multiplier's name, understood: a family and a value within range for each of its parameters.
struct MultiplierName {
  const MultiplierFamily* family = nullptr;
  std::vector<int> parameters;
  std::optional<Operands> operands;  ///< where the name says them
  Form form = Form::sign_magnitude;

  /// The one spelling of family and parameters: "family" or "family(p,q)".
  std::string text() const;
  /// The same with operands (u8 x s8 unless said) and form: "family(p,q).s8s8.native".
  std::string full_text() const;
};

/// Reads "family" or "family(p, q)", and ".operands" or ".operands.form" behind it; throws InputError.
MultiplierName parse_multiplier_name(std::string_view name);

/// A name as it may stand in an error: short and on one line.
std::string quoted_multiplier(std::string_view name);

}  // namespace neartile::pe
