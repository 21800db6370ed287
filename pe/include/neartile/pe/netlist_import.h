#pragma once

#include <string>
#include <string_view>

#include "neartile/pe/cell_library.h"
#include "neartile/pe/netlist.h"

namespace neartile::pe {

/// Which ports of a circuit are which operand, by name.
struct PortBinding {
  std::string activation = "A";
  std::string weight = "B";
  std::string product = "O";
};

/// Reads a circuit without running anything; wires that are joined by assignments become one net. `place`
/// names the file in errors. Throws InputError (file, line, what was expected) for what the subset in
/// docs/reference/import.md does not hold, and for circuits that no multiplier can be.
Netlist import_verilog(std::string_view text, const std::string& place, const CellLibrary& cells,
                       const PortBinding& ports = {});
Netlist import_blif(std::string_view text, const std::string& place, const PortBinding& ports = {},
                    const CellLibrary& cells = generic_cells());
Netlist import_yosys_json(std::string_view text, const std::string& place, const CellLibrary& cells,
                          const PortBinding& ports = {});

/// Structural Verilog of the netlist: a module with ports A, B and O that import_verilog() reads back.
/// Cells of generic_cells() and look-up tables become expressions, others instances. The module is called
/// `module_name`; empty: as the netlist, in plain letters.
std::string to_verilog(const Netlist& netlist, std::string_view module_name = {});

}  // namespace neartile::pe
