#include "neartile/pe/cell_library.h"

namespace neartile::pe {
namespace {

const std::vector<std::string> a{"A"}, ab{"A", "B"}, abc{"A", "B", "C"};

CellLibrary make_generic_cells() {
  CellLibrary cells;
  cells.add({"INV", a, "Y", {1, 0x1}});
  cells.add({"BUF", a, "Y", {1, 0x2}});
  cells.add({"AND2", ab, "Y", {2, 0x8}});
  cells.add({"OR2", ab, "Y", {2, 0xe}});
  cells.add({"XOR2", ab, "Y", {2, 0x6}});
  cells.add({"XNOR2", ab, "Y", {2, 0x9}});
  cells.add({"NAND2", ab, "Y", {2, 0x7}});
  cells.add({"NOR2", ab, "Y", {2, 0x1}});
  cells.add({"AND3", abc, "Y", {3, 0x80}});
  cells.add({"OR3", abc, "Y", {3, 0xfe}});
  cells.add({"NAND3", abc, "Y", {3, 0x7f}});
  cells.add({"NOR3", abc, "Y", {3, 0x01}});
  cells.add({"AOI21", abc, "Y", {3, 0x07}});             // not (A and B or C)
  cells.add({"OAI21", abc, "Y", {3, 0x1f}});             // not ((A or B) and C)
  cells.add({"MUX2", {"A", "B", "S"}, "Y", {3, 0xca}});  // S ? B : A
  cells.add({"HA", ab, "S", {2, 0x6}});
  cells.add({"HA", ab, "C", {2, 0x8}});
  cells.add({"FA", {"A", "B", "CI"}, "S", {3, 0x96}});
  cells.add({"FA", {"A", "B", "CI"}, "C", {3, 0xe8}});
  return cells;
}

}  // namespace

const CellLibrary& generic_cells() {
  static const CellLibrary cells = make_generic_cells();
  return cells;
}

}  // namespace neartile::pe
