#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/format.h"
#include "neartile/pe/netlist.h"
#include "neartile/pe/truth_table.h"

namespace neartile::pe {

class Gates;

/// A family of multipliers: its definition in integers and a generator of gates, which must agree.
/// Operands are (activation, weight), in this order.
struct MultiplierFamily {
  std::string_view name;
  std::string_view help;
  /// Name and range of each parameter; the trailing ones may be optional, and are 0 then.
  struct Parameter {
    std::string_view name;
    int minimum;
    int maximum;
    bool optional = false;
    /// Where the largest value depends on the parameters before.
    int (*maximum_after)(std::span<const int> before) = nullptr;
  };
  std::span<const Parameter> parameters;

  using Parameters = std::span<const int>;
  using Bits = std::vector<NetIndex>;
  /// The core's product, 0..65535, of two magnitudes 0..255.
  std::uint32_t (*core)(std::uint32_t a, std::uint32_t b, Parameters parameters);
  /// The core in gates: at most 16 bits.
  Bits (*core_gates)(Gates& gates, const Bits& a, const Bits& b, Parameters parameters);
  /// The same for two's complement -128..127; null where the family has no such form. The product is the
  /// low 16 bits.
  std::int32_t (*native)(std::int32_t a, std::int32_t b, Parameters parameters) = nullptr;
  Bits (*native_gates)(Gates& gates, const Bits& a, const Bits& b, Parameters parameters) = nullptr;
};

/// All families, in the order of their listing.
std::span<const MultiplierFamily* const> multiplier_families();

/// "truncated(t = 0..15), truncated(t = 0..15, c = 0..28673)": how names of the family are spelled.
std::string signature(const MultiplierFamily& family);

/// A multiplier that PEs of one format contain: its name without format, and its truth table, which is
/// that of the netlist where there is one.
struct Multiplier {
  std::string name;
  Format format = Format::u8s8;
  bool exact = false;
  std::shared_ptr<const TruthTable> table;
  std::shared_ptr<const Netlist> netlist = nullptr;
};

/// Makes "family" or "family(p, q)" for operands of `format`, as a sign-magnitude wrapper round the
/// unsigned core: f(a, w) = sign(a) sign(w) core(|a|, |w|), |-128| = 128. A full name (see Circuit) is
/// taken where it agrees with the format. Throws InputError that names the families, or the range of a
/// parameter.
Multiplier make_multiplier(std::string_view name, Format format = Format::u8s8);

}  // namespace neartile::pe
