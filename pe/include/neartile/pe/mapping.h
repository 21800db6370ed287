#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "neartile/pe/netlist.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/technology.h"

namespace neartile::pe {

/// How Yosys and ABC choose cells.
struct MappingSettings {
  std::filesystem::path liberty;  ///< cells to choose from; empty: those of the technology
  double delay_ps = 800;          ///< what ABC aims at
  double load_fF = 3.898;         ///< at each output; the smallest buffer drives the inputs
  std::chrono::seconds time_limit{300};
};

/// True where the program `yosys` can be run.
bool can_map();

/// The netlist in cells of the technology, made by Yosys and ABC; constant product bits come from tie cells
/// where the technology has them. All products of the result are checked to be the same. Throws InputError
/// where yosys is not installed (and says how), fails, takes too long, or chooses cells that the technology
/// lacks.
Netlist map_netlist(const Netlist& netlist, const Technology& technology,
                    const MappingSettings& settings = {});

/// The same from the Verilog that `netlist` was imported from, which may say more than gates do (sums,
/// products): Yosys then has its own way with it.
Netlist map_verilog(const std::string& verilog, const PortBinding& ports, const Netlist& netlist,
                    const Technology& technology, const MappingSettings& settings = {});

/// What ABC is told to drive inputs with: the smallest buffer; null where the technology has none.
const Cell* driving_cell(const Technology& technology);

/// Combinational cells and flip-flops as Liberty: area, functions, capacitances, delays and slews, as Yosys
/// and ABC need them.
std::string to_liberty(const Technology& technology);

}  // namespace neartile::pe
