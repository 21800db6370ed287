#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/format.h"
#include "neartile/pe/truth_table.h"

namespace neartile::pe {

/// A family of approximate multipliers: a behavioural definition of its unsigned 8x8 core.
/// A netlist generator joins it here when netlists come.
struct MultiplierFamily {
  std::string_view name;
  std::string_view help;
  /// Name and allowed range of each parameter.
  struct Parameter {
    std::string_view name;
    int minimum;
    int maximum;
  };
  std::span<const Parameter> parameters;
  /// The core's product of two magnitudes 0..255.
  std::uint32_t (*core)(std::uint32_t a, std::uint32_t b, std::span<const int> parameters);
  bool exact = false;
};

/// All families, in the order of their listing.
std::span<const MultiplierFamily* const> multiplier_families();

/// A multiplier that PEs of one format contain: its name without format, and its truth table.
struct Multiplier {
  std::string name;
  Format format = Format::u8s8;
  bool exact = false;
  std::shared_ptr<const TruthTable> table;
};

/// Makes "family" or "family(p, q)" for operands of `format`, as a sign-magnitude wrapper round the
/// unsigned core: f(a, w) = sign(a) sign(w) core(|a|, |w|), |-128| = 128.
/// Throws InputError that names the families, or the range of a parameter.
Multiplier make_multiplier(std::string_view name, Format format = Format::u8s8);

}  // namespace neartile::pe
