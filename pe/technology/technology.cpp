#include "neartile/pe/technology.h"

#include <algorithm>

namespace neartile::pe {

double WireModel::capacitance_fF(std::size_t fanout) const {
  if (fanout == 0) return 0;
  if (fanout <= length_um.size()) return capacitance_fF_per_um * length_um[fanout - 1];
  const double last = length_um.empty() ? 0 : length_um.back();
  const auto beyond = static_cast<double>(fanout - length_um.size());
  return capacitance_fF_per_um * (last + beyond_um_per_fanout * beyond);
}

const Cell* Technology::find(std::string_view cell) const {
  const auto found = std::lower_bound(cells.begin(), cells.end(), cell,
                                      [](const Cell& a, std::string_view wanted) { return a.name < wanted; });
  return found == cells.end() || found->name != cell ? nullptr : &*found;
}

CellLibrary cells_of(const Technology& technology) {
  CellLibrary library;
  for (const Cell& cell : technology.cells) {
    for (const OutputPin& output : cell.outputs) {
      if (!output.function || cell.flip_flop) continue;
      CellType type{cell.name, {}, output.name, *output.function};
      for (const InputPin& input : cell.inputs) type.input_pins.push_back(input.name);
      library.add(std::move(type));
    }
  }
  return library;
}

}  // namespace neartile::pe
