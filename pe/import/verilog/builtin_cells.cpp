#include "builtin_cells.h"

#include <array>
#include <utility>

namespace neartile::pe::verilog {
namespace {

constexpr std::array<std::pair<std::string_view, const char*>, 18> known{{{"FAX1", "FA"},
                                                                          {"HAX1", "HA"},
                                                                          {"AND2X1", "AND2"},
                                                                          {"AND3X1", "AND3"},
                                                                          {"OR2X1", "OR2"},
                                                                          {"OR3X1", "OR3"},
                                                                          {"XOR2X1", "XOR2"},
                                                                          {"XNOR2X1", "XNOR2"},
                                                                          {"NAND2X1", "NAND2"},
                                                                          {"NAND3X1", "NAND3"},
                                                                          {"NOR2X1", "NOR2"},
                                                                          {"NOR3X1", "NOR3"},
                                                                          {"INVX1", "INV"},
                                                                          {"BUFX2", "BUF"},
                                                                          {"MUX2X1", "MUX2"},
                                                                          {"AOI21X1", "AOI21"},
                                                                          {"OAI21X1", "OAI21"},
                                                                          {"BUFX1", "BUF"}}};

}  // namespace

BuiltinCell find_builtin_cell(std::string_view name) {
  constexpr std::string_view prefix = "PDKGEN";
  if (name.substr(0, prefix.size()) == prefix) name.remove_prefix(prefix.size());
  for (const auto& [own, generic] : known) {
    if (own == name) return {generic_cells().find(generic), generic[2] == '\0'};
  }
  return {generic_cells().find(std::string(name)), false};
}

std::string generic_pin(const BuiltinCell& cell, std::string_view pin) {
  if (cell.is_adder && pin == "YS") return "S";
  if (cell.is_adder && pin == "YC") return "C";
  if (cell.is_adder && pin == "C") return "CI";
  return std::string(pin);
}

}  // namespace neartile::pe::verilog
