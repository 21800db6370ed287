#pragma once

#include <string>
#include <vector>

#include "neartile/array/pe_registers.h"
#include "neartile/array/rtl.h"

namespace neartile::array::rtl {

/// What the emission of one array looks up again and again.
struct Design {
  Design(const RtlArray& array, RtlModules names);

  pe::PeConfig config;
  std::size_t rows, columns;
  RtlModules modules;
  pe::Circuit multiplier;
  unsigned low_zeros;  ///< product and sum bits that are not built
  std::vector<PeRegister> registers;

  bool two_weights() const { return config.weight_registers == 2; }
  unsigned sum_bits() const { return static_cast<unsigned>(config.accumulator_bits); }
  unsigned built_sum_bits() const { return sum_bits() - low_zeros; }
  const PeRegister& find(std::string_view name) const;

  /// The registers that travel to the right, one column a cycle: a, s, v, e, l, b.
  std::vector<PeRegister> travelling() const;
};

/// Modules of the design; each function gives one file's text.
std::string clock_gate_module();
std::string control_module(const Design& design);
std::string pe_module(const Design& design);
std::string row_module(const Design& design);
std::string array_module(const Design& design);
std::string bank_module(const std::vector<Design>& designs);

/// The designs of a bank, in its order.
std::vector<Design> designs_of(std::span<const RtlArray> bank);

/// "#(parameter ..) (" of every module that hands RESET_DATA down.
inline constexpr const char* reset_parameter =
    "#(\n  parameter [0:0] RESET_DATA = 1'b1  // 0: a reset clears control registers alone\n) (";
inline constexpr const char* reset_handed_down = "#(.RESET_DATA(RESET_DATA)) ";

}  // namespace neartile::array::rtl
