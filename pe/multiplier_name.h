#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/multiplier.h"

namespace neartile::pe {

/// A multiplier's name, understood: a family and a value within range for each of its parameters.
struct MultiplierName {
  const MultiplierFamily* family = nullptr;
  std::vector<int> parameters;

  /// The one spelling of this name: "family" or "family(p,q)".
  std::string text() const;
};

/// Reads "family" or "family(p, q)"; throws InputError.
MultiplierName parse_multiplier_name(std::string_view name);

}  // namespace neartile::pe
