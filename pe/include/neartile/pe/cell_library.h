#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "neartile/pe/netlist.h"

namespace neartile::pe {

/// Combinational cells by name, each as one CellType an output.
class CellLibrary {
 public:
  /// Adds an output of the cell `type.name`.
  void add(CellType type) { cells_[type.name].push_back(std::move(type)); }
  /// The outputs of the cell called `name`, or null.
  const std::vector<CellType>* find(const std::string& name) const {
    const auto found = cells_.find(name);
    return found == cells_.end() ? nullptr : &found->second;
  }

 private:
  std::unordered_map<std::string, std::vector<CellType>> cells_;
};

/// Cells without a technology, of which the multiplier families are built: INV, BUF, AND2, OR2, XOR2, XNOR2,
/// NAND2, NOR2, AND3, OR3, NAND3, NOR3, AOI21, OAI21 (pins A, B, C; output Y), MUX2 (Y = S ? B : A), HA (A,
/// B) and FA (A, B, CI) with outputs S and C.
const CellLibrary& generic_cells();

}  // namespace neartile::pe
