#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/pe_config.h"
#include "neartile/pe/truth_table.h"

namespace neartile::array {

/// What reports of activity count together.
enum class NetClass : std::uint8_t { activation, weight, product, partial_sum, control };

std::string_view to_string(NetClass net_class);

/// A register of a PE, or its product net. Mesh, kernel, RTL twin and activity files take names, widths
/// and clocks from pe_registers(); docs/reference/pe.md has the next-state equations.
struct PeRegister {
  std::string_view name;
  NetClass net_class = NetClass::control;
  unsigned low = 0;        ///< number of its lowest bit: declared as [low + width - 1 : low]
  unsigned width = 1;      ///< bits
  std::string_view clock;  ///< of its flops where clocks are gated ("clk_a"); empty: a net without flops

  bool is_register() const { return !clock.empty(); }
  unsigned high() const { return low + width - 1; }
  /// From the PE's scope: "a", "control/v".
  std::string path() const;
  friend bool operator==(const PeRegister&, const PeRegister&) = default;
};

/// All of them, in the order of docs/reference/pe.md. `low_zeros` is low_zero_bits() of the multiplier.
std::vector<PeRegister> pe_registers(const pe::PeConfig& config, unsigned low_zeros);

/// How many low product bits are 0 for every pair of operands, and so are not built in product net, adder
/// and partial sum: 0 where sums saturate, as the upper bound has ones there; one product bit always stays.
unsigned low_zero_bits(const pe::TruthTable& products, pe::Overflow overflow);

/// Scopes, the same in RTL and activity: "array_0", and in an array "row_3/pe_5".
std::string array_scope(std::size_t array);
std::string pe_scope(std::size_t row, std::size_t column);

}  // namespace neartile::array
