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

/// Cells without a technology: AND2, OR2, XOR2, XNOR2, NAND2, NOR2, INV, BUF, MUX2, HA and FA (outputs S
/// and C), of which the multiplier families are built.
const CellLibrary& generic_cells();

}  // namespace neartile::pe
