#include "neartile/pe/netlist_import.h"
#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using testing_support::error_of;
using testing_support::first_difference;

std::string list(const std::string& name, const std::string& opening, const std::string& closing, int bits) {
  std::string text;
  for (int i = 0; i < bits; ++i) text += " " + name + opening + std::to_string(i) + closing;
  return text;
}

// A model of one product bit; `covers` begin in line 4.
std::string model(const std::string& covers) {
  return ".model m\n.inputs" + list("A", "[", "]", 8) + list("B", "[", "]", 8) + "\n.outputs O\n" + covers +
         ".end\n";
}

Netlist read(const std::string& text, const PortBinding& ports = {}) {
  return import_blif(text, "c.blif", ports);
}

TEST(ImportBlif, CoversSayWhereTheOutputIsOneOrWhereItIsZero) {
  const auto expected = [](unsigned a, unsigned b) { return ((a & 1) && !(b & 1)) || (a >> 1 & 1); };
  EXPECT_EQ(first_difference(read(model(".names A[0] B[0] A[1] O\n10- 1\n--1 1\n")), expected), "");
  EXPECT_EQ(first_difference(read(model(".names A[0] B[0] A[1] O\n0-0 0\n-10 0\n")), expected), "");
  EXPECT_EQ(
      first_difference(read(model(".names A[0] B[0] t # first\n10\\\n 1\n.names t \\\nA[1] O\n1- 1\n-1 1\n")),
                       expected),
      "");
}

TEST(ImportBlif, ConstantsAndCopiesNeedNoGates) {
  EXPECT_EQ(read(model(".names O\n")).product()[0], Netlist::zero);
  EXPECT_EQ(read(model(".names O\n1\n")).product()[0], Netlist::one);
  EXPECT_EQ(read(model(".names O\n0\n")).product()[0], Netlist::zero);
  EXPECT_EQ(read(model(".names A[0] B[0] O\n-- 1\n")).product()[0], Netlist::one);
  const Netlist copy = read(model(".names B[3] t\n1 1\n.conn t u\n.barbuf u O\n"));
  EXPECT_TRUE(copy.gates().empty());
  EXPECT_EQ(copy.product()[0], copy.weight()[3]);
}

TEST(ImportBlif, WideCoversBecomeGatesOfAtMostSixInputs) {
  const std::string nets = list("A", "[", "]", 8) + list("B", "[", "]", 7);
  for (const bool ones : {true, false}) {
    const std::string value = ones ? " 1\n" : " 0\n";
    const Netlist netlist = read(model(".names" + nets + " O\n110000001111111" + value + "0-1-0-1-0-1-0-1" +
                                       value + "--------------1" + value));
    for (const Gate& gate : netlist.gates()) EXPECT_LE(gate.inputs.size(), 6u);
    EXPECT_EQ(first_difference(netlist,
                               [ones](unsigned a, unsigned b) {
                                 const bool first = a == 3 && (b & 127) == 127;
                                 const bool second = (a & 0x55) == 0x44 && (b & 0x55) == 0x44;
                                 return (first || second || (b >> 6 & 1)) == ones;
                               }),
              "")
        << ones;
  }
}

TEST(ImportBlif, BusesAreWrittenInManyWays) {
  for (const auto& [opening, closing] :
       {std::pair{"[", "]"}, std::pair{"<", ">"}, std::pair{"(", ")"}, std::pair{"_", ""}}) {
    const std::string text = std::string(".model m\n.inputs") + list("x_1", opening, closing, 8) +
                             "\n.inputs" + list("w", opening, closing, 8) + "\n.outputs" +
                             list("y", opening, closing, 2) + "\n.names x_1" + opening + "7" + closing +
                             " y" + opening + "0" + closing + "\n0 1\n.names w" + opening + "2" + closing +
                             " y" + opening + "1" + closing + "\n1 1\n";
    EXPECT_EQ(first_difference(read(text, {"x_1", "w", "y"}),
                               [](unsigned a, unsigned b) { return (a >> 7 ^ 1) | (b >> 2 & 1) << 1; }),
              "")
        << opening;
    EXPECT_EQ(first_difference(read(text, {"w", "x_1", "y"}),
                               [](unsigned a, unsigned b) { return (b >> 7 ^ 1) | (a >> 2 & 1) << 1; }),
              "")
        << opening;
  }
}

TEST(ImportBlif, CellsOfALibraryAreTakenByName) {
  const Netlist netlist =
      read(model(".gate AND2 A=A[0] B=B[0] Y=t\n.subckt INVX1 A=t Y=u\n"
                 ".gate FAX1 A=u B=A[1] C=B[1] YS=O YC=v\n"));
  EXPECT_EQ(
      first_difference(netlist, [](unsigned a, unsigned b) { return (~(a & b) ^ a >> 1 ^ b >> 1) & 1; }), "");
  CellLibrary own;
  own.add({"A_AND_NOT_B", {"A", "B"}, "Q", {2, 0x2}});
  EXPECT_EQ(first_difference(import_blif(model(".gate A_AND_NOT_B B=B[0] A=A[0] Q=O\n"), "c.blif", {}, own),
                             [](unsigned a, unsigned b) { return a & ~b & 1; }),
            "");
}

TEST(ImportBlif, RefusesWithFileAndLine) {
  const auto error = [](const std::string& text) { return error_of([&] { read(text); }); };
  const std::vector<std::pair<std::string, std::string>> covers{
      {".latch A[0] O re clk 0\n", "c.blif:4: a latch, expected a circuit without memory"},
      {".names A[0] O\n11 1\n", "c.blif:5: found \"11\", expected 1 of 0, 1 or - and the output's 0 or 1"},
      {".names A[0] O\n1 2\n", "c.blif:5: found \"1\", expected 1 of 0, 1 or - and the output's 0 or 1"},
      {".names A[0] O\n1\n", "c.blif:5: found \"1\", expected 1 of 0, 1 or - and the output's 0 or 1"},
      {".names A[0] O\n2 1\n", "c.blif:5: found \"2\", expected 0, 1 or -"},
      {".names A[0] O\n1 1\n0 0\n", "c.blif:6: rows for 1 and for 0 in one cover, expected one of them"},
      {".names\n", "c.blif:4: .names without an output"},
      {".names A[0] O\n1 1\n.names A[1] O\n1 1\n", "c.blif:6: net \"O\" is driven twice, first in line 4"},
      {".names t O\n0 1\n", "c.blif:4: net \"t\" is read but not driven"},
      {".names t O\n0 1\n.names O t\n0 1\n",
       "c.blif:4: net 'O' is part of a combinational loop, or behind one"},
      {".names A[1] A[0]\n1 1\n", "c.blif:2: net \"A[0]\" is driven twice, first in line 4"},
      {".gate NO A=t\n", "c.blif:4: cell \"NO\" is not known, expected a flat file of known cells"},
      {".gate AND2 A=A[0] B\n", "c.blif:4: found \"B\", expected pin=net"},
      {".gate AND2 A=A[0] A=A[1]\n", "c.blif:4: pin \"A\" is connected twice"},
      {".gate AND2 A=A[0] Y=O\n", "c.blif:4: input pin 'B' of cell 'AND2' is not connected"},
      {".gate\n", "c.blif:4: a cell without a name"},
      {".model n\n", "c.blif:4: a second .model, expected a flat file of one"},
      {".exdc\n",
       "c.blif:4: \".exdc\" is not taken, expected .inputs, .outputs, .names, .gate, .subckt or .end"},
      {".conn A[0]\n", "c.blif:4: .conn takes two nets"},
      {".inputs A[8]\n",
       "c.blif:1: module \"m\" has no activation \"A\", expected an input of 8 bits; the ports are: input "
       "\"A\" (9), input \"B\" (8), output \"O\" (1)"},
      {".inputs A[0]\n", "c.blif:4: port \"A[0]\" is there twice"},
      {".outputs P[1]\n", "c.blif:4: bit 0 of port \"P\" is missing"},
      {".outputs A\n", "c.blif:4: port \"A\" is input and output"},
      {"1 1\n", "c.blif:4: \"1\" is not taken, expected .inputs, .outputs, .names, .gate, .subckt or .end"},
  };
  for (const auto& [text, line] : covers) EXPECT_EQ(error(model(text)), line) << text;
  EXPECT_EQ(error(""), "c.blif: no .model, expected a BLIF file");
  EXPECT_EQ(error("# nothing\n.inputs a\n"), "c.blif:2: found \".inputs\", expected .model");
  EXPECT_EQ(error(std::string((16u << 20) + 1, '\n')),
            "c.blif: is 16777217 bytes long, expected at most 16777216");
}

}  // namespace
}  // namespace neartile::pe
