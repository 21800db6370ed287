#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neartile/pe/cell_library.h"

namespace neartile::testing_support {

/// Functions of the ASAP7 cells that the shared mapped circuits use, from the cells' names alone: an
/// independent witness beside the Liberty reader.
inline pe::CellLibrary standin_cells() {
  struct Cell {
    const char* name;
    std::vector<std::string> pins;
    bool (*function)(const bool* in);
    const char* output = "Y";
  };
  const std::vector<std::string> a{"A"}, ab{"A", "B"}, abc{"A", "B", "C"}, abcd{"A", "B", "C", "D"};
  const std::vector<std::string> a2b{"A1", "A2", "B"}, a2b2{"A1", "A2", "B1", "B2"};
  using In = const bool*;
  const std::vector<Cell> all{
      {"AND2x2", ab, [](In i) { return i[0] && i[1]; }},
      {"AND3x1", abc, [](In i) { return i[0] && i[1] && i[2]; }},
      {"AND4x1", abcd, [](In i) { return i[0] && i[1] && i[2] && i[3]; }},
      {"AND5x1", {"A", "B", "C", "D", "E"}, [](In i) { return i[0] && i[1] && i[2] && i[3] && i[4]; }},
      {"AO21x1", a2b, [](In i) { return (i[0] && i[1]) || i[2]; }},
      {"AO22x1", a2b2, [](In i) { return (i[0] && i[1]) || (i[2] && i[3]); }},
      {"AO211x2", {"A1", "A2", "B", "C"}, [](In i) { return (i[0] && i[1]) || i[2] || i[3]; }},
      {"AO31x2", {"A1", "A2", "A3", "B"}, [](In i) { return (i[0] && i[1] && i[2]) || i[3]; }},
      {"AO32x1",
       {"A1", "A2", "A3", "B1", "B2"},
       [](In i) { return (i[0] && i[1] && i[2]) || (i[3] && i[4]); }},
      {"AOI21x1", a2b, [](In i) { return !((i[0] && i[1]) || i[2]); }},
      {"AOI22x1", a2b2, [](In i) { return !((i[0] && i[1]) || (i[2] && i[3])); }},
      {"AOI221x1",
       {"A1", "A2", "B1", "B2", "C"},
       [](In i) { return !((i[0] && i[1]) || (i[2] && i[3]) || i[4]); }},
      {"BUFx2", a, [](In i) { return i[0]; }},
      {"INVx1", a, [](In i) { return !i[0]; }},
      {"MAJx2", abc, [](In i) { return i[0] + i[1] + i[2] >= 2; }},
      {"NAND2x1", ab, [](In i) { return !(i[0] && i[1]); }},
      {"NAND3x1", abc, [](In i) { return !(i[0] && i[1] && i[2]); }},
      {"NOR2x1", ab, [](In i) { return !(i[0] || i[1]); }},
      {"NOR3x1", abc, [](In i) { return !(i[0] || i[1] || i[2]); }},
      {"OA21x2", a2b, [](In i) { return (i[0] || i[1]) && i[2]; }},
      {"OA22x2", a2b2, [](In i) { return (i[0] || i[1]) && (i[2] || i[3]); }},
      {"OA211x2", {"A1", "A2", "B", "C"}, [](In i) { return (i[0] || i[1]) && i[2] && i[3]; }},
      {"OA31x2", {"A1", "A2", "A3", "B1"}, [](In i) { return (i[0] || i[1] || i[2]) && i[3]; }},
      {"OAI21x1", a2b, [](In i) { return !((i[0] || i[1]) && i[2]); }},
      {"OR2x2", ab, [](In i) { return i[0] || i[1]; }},
      {"OR3x1", abc, [](In i) { return i[0] || i[1] || i[2]; }},
      {"TIELOx1", {}, [](In) { return false; }, "L"},
      {"XNOR2x2", ab, [](In i) { return i[0] == i[1]; }},
      {"XOR2x2", ab, [](In i) { return i[0] != i[1]; }},
  };
  pe::CellLibrary library;
  for (const Cell& cell : all) {
    pe::CellType type{std::string(cell.name) + "_ASAP7_75t_R", cell.pins, cell.output, {}};
    type.function.inputs = static_cast<unsigned>(cell.pins.size());
    for (unsigned index = 0; index < 1u << type.function.inputs; ++index) {
      bool in[6] = {};
      for (unsigned pin = 0; pin < type.function.inputs; ++pin) in[pin] = index >> pin & 1;
      type.function.table |= std::uint64_t{cell.function(in)} << index;
    }
    library.add(type);
  }
  return library;
}

}  // namespace neartile::testing_support
