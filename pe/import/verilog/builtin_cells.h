#pragma once

#include <string>

#include "neartile/pe/cell_library.h"

namespace neartile::pe::verilog {

/// Cells that circuits name without defining them: those of EvoApproxLib's 45 nm library, AND2X1 and the
/// like, with or without "PDKGEN" in front. Their functions are those of the definitions in its plain files.
struct BuiltinCell {
  const std::vector<CellType>* outputs = nullptr;  ///< of a generic cell
  bool is_adder = false;                           ///< pins YS, YC for S, C, and C for CI
};
BuiltinCell find_builtin_cell(std::string_view name);
/// The generic cell's name of a pin.
std::string generic_pin(const BuiltinCell& cell, std::string_view pin);

}  // namespace neartile::pe::verilog
