#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "neartile/pe/netlist_import.h"
#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using testing_support::first_difference;

const CellLibrary& own_cells() {
  static const CellLibrary cells = [] {
    CellLibrary library;
    library.add({"AO21x1", {"A1", "A2", "B"}, "Y", {3, 0xf8}});
    library.add({"ADDERx1", {"A", "B", "CI"}, "CON", {3, 0x17}});
    library.add({"ADDERx1", {"A", "B", "CI"}, "SN", {3, 0x69}});
    library.add({"TIELO", {}, "L", {0, 0}});
    return library;
  }();
  return cells;
}

// All generic cells, cells of a library, tables, constants, operand bits as products, awkward names.
Netlist everything() {
  std::string text = ".model awkward-name\n.inputs";
  for (const char* port : {"A", "B"}) {
    for (int i = 0; i < 8; ++i) text += std::string(" ") + port + "[" + std::to_string(i) + "]";
  }
  text += "\n.outputs";
  for (int i = 0; i < 31; ++i) text += " O[" + std::to_string(i) + "]";
  text += "\n";
  int next = 0;
  for (const char* cell : {"INV", "BUF", "AND2", "OR2", "XOR2", "XNOR2", "NAND2", "NOR2", "AND3", "OR3",
                           "NAND3", "NOR3", "AOI21", "OAI21", "MUX2", "HA", "FA"}) {
    text += std::string(".gate ") + cell;
    const std::vector<CellType>& outputs = *generic_cells().find(cell);
    const char* nets[] = {"A[0]", "B[0]", "A[1]"};
    for (std::size_t i = 0; i < outputs[0].input_pins.size(); ++i) {
      text += " " + outputs[0].input_pins[i] + "=" + nets[i];
    }
    for (const CellType& output : outputs)
      text += " " + output.output_pin + "=O[" + std::to_string(next++) + "]";
    text += "\n";
  }
  text +=
      ".gate AO21x1 A1=A[2] A2=B[2] B=A[3] Y=wire\n.gate ADDERx1 A=wire B=B[4] CI=A[5] CON=a.b SN=1\n"
      ".gate TIELO L=\\0\n.names wire a.b 1 \\0 A[6] B[6] O[19]\n1-0-11 1\n0-1011 1\n-10-0- 1\n110--- 1\n"
      ".names O[20]\n1\n.names O[21]\n.names B[7] O[22]\n1 1\n.names 1 a.b O[23]\n01 1\n.names a_b O[24]\n0 "
      "1\n"
      ".names 1 a_b\n0 1\n.names wire O[25]\n1 1\n.names \\0 O[26]\n1 1\n.names A[7] O[27]\n0 1\n"
      ".names A[7] B[7] A[6] O[28]\n1-1 1\n01- 1\n.names A[7] B[7] A[6] O[29]\n1-- 1\n.names A[0] A[1] "
      "O[30]\n01 1\n";
  return import_blif(text, "all.blif", {}, own_cells());
}

TEST(ToVerilog, WhatItWritesComputesTheSameWhenItIsReadBack) {
  const Netlist netlist = everything();
  const std::vector<std::uint32_t> products = all_products(netlist);
  const std::string text = to_verilog(netlist);
  const Netlist back = import_verilog(text, "back.v", own_cells());
  EXPECT_EQ(back.name(), "awkward_name");
  EXPECT_EQ(first_difference(back, [&](unsigned a, unsigned b) { return products[a << 8 | b]; }), "") << text;
  EXPECT_EQ(import_verilog(to_verilog(back), "again.v", own_cells()).gates().size(), back.gates().size());
}

TEST(ToVerilog, CellsOfALibraryStayInstancesWithAllTheirOutputs) {
  const std::string text = to_verilog(everything());
  EXPECT_NE(text.find(".CON("), std::string::npos) << text;
  EXPECT_EQ(text.find("ADDERx1"), text.rfind("ADDERx1")) << text;
  EXPECT_EQ(text.find("wire wire;"), std::string::npos) << text;
}

// Where the tools are there: others must be able to read it.
TEST(ToVerilog, VerilatorAndYosysReadItWithoutAWarning) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("neartile_to_verilog_" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  std::string product;
  for (int i = 0; i < 8; ++i) {
    product += "wire [15:0] s" + std::to_string(i) + "; assign s" + std::to_string(i) + " = (A & {8{B[" +
               std::to_string(i) + "]}}) * " + std::to_string(1 << i) +
               (i == 0 ? "" : " + s" + std::to_string(i - 1)) + ";\n";
  }
  const Netlist netlist = import_verilog(
      "module exact(input [7:0] A, B, output [15:0] O);\n" + product + "assign O = s7; endmodule", "e.v",
      generic_cells());
  std::ofstream(folder / "exact.v") << to_verilog(netlist);
  const std::string in_folder = "cd " + folder.string() + " && ";
  const auto run = [&](const std::string& command) { return std::system((in_folder + command).c_str()); };
  bool any = false;
  if (run("command -v verilator >log") == 0) {
    any = true;
    EXPECT_EQ(run("verilator --lint-only -Wall exact.v >log 2>&1"), 0);
  }
  if (run("command -v yosys >log") == 0) {
    any = true;
    EXPECT_EQ(
        run("yosys -q -p 'read_verilog exact.v; hierarchy -check -top exact; proc; check -assert; techmap; "
            "abc -g AND,XOR,MUX; write_blif exact.blif; write_json exact.json' >log 2>&1"),
        0);
    const auto read = [&](const char* file) {
      std::ifstream stream(folder / file);
      return std::string(std::istreambuf_iterator<char>(stream), {});
    };
    const auto exact = [](unsigned a, unsigned b) { return a * b; };
    EXPECT_EQ(first_difference(import_blif(read("exact.blif"), "exact.blif"), exact), "");
    EXPECT_EQ(first_difference(import_yosys_json(read("exact.json"), "exact.json", generic_cells()), exact),
              "");
  }
  std::filesystem::remove_all(folder);
  if (!any) GTEST_SKIP() << "neither verilator nor yosys is installed";
}

}  // namespace
}  // namespace neartile::pe
