#include "neartile/pe/netlist_import.h"
#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using testing_support::error_of;
using testing_support::first_difference;

// Bits 2 to 9 are A, 10 to 17 B; the product's bits and the cells are given.
std::string document(const std::string& product, const std::string& cells, const std::string& more = "") {
  return R"({"creator": "by hand", "modules": {"m": {"attributes": {"top": "1"}, "ports": {
"A": {"direction": "input", "bits": [2, 3, 4, 5, 6, 7, 8, 9]},
"B": {"direction": "input", "bits": [10, 11, 12, 13, 14, 15, 16, 17]},
"O": {"direction": "output", "bits": [)" +
         product + "]}}, \"cells\": {" + cells + "}" + more + "}}}";
}

std::string cell(const std::string& name, const std::string& type, const std::string& connections) {
  return "\"" + name + "\": {\"type\": \"" + type + "\", \"connections\": {" + connections + "}}";
}

Netlist read(const std::string& text) {
  return import_yosys_json(text, "c.json", generic_cells());
}

TEST(ImportYosysJson, ReadsEverySimpleGate) {
  struct Simple {
    const char* type;
    unsigned inputs;
    bool (*function)(bool a, bool b, bool c, bool d);
  };
  for (const Simple& gate : std::vector<Simple>{
           {"$_BUF_", 1, [](bool a, bool, bool, bool) { return a; }},
           {"$_NOT_", 1, [](bool a, bool, bool, bool) { return !a; }},
           {"$_AND_", 2, [](bool a, bool b, bool, bool) { return a && b; }},
           {"$_NAND_", 2, [](bool a, bool b, bool, bool) { return !(a && b); }},
           {"$_OR_", 2, [](bool a, bool b, bool, bool) { return a || b; }},
           {"$_NOR_", 2, [](bool a, bool b, bool, bool) { return !(a || b); }},
           {"$_XOR_", 2, [](bool a, bool b, bool, bool) { return a != b; }},
           {"$_XNOR_", 2, [](bool a, bool b, bool, bool) { return a == b; }},
           {"$_ANDNOT_", 2, [](bool a, bool b, bool, bool) { return a && !b; }},
           {"$_ORNOT_", 2, [](bool a, bool b, bool, bool) { return a || !b; }},
           {"$_MUX_", 3, [](bool a, bool b, bool s, bool) { return s ? b : a; }},
           {"$_NMUX_", 3, [](bool a, bool b, bool s, bool) { return !(s ? b : a); }},
           {"$_AOI3_", 3, [](bool a, bool b, bool c, bool) { return !((a && b) || c); }},
           {"$_OAI3_", 3, [](bool a, bool b, bool c, bool) { return !((a || b) && c); }},
           {"$_AOI4_", 4, [](bool a, bool b, bool c, bool d) { return !((a && b) || (c && d)); }},
           {"$_OAI4_", 4, [](bool a, bool b, bool c, bool d) { return !((a || b) && (c || d)); }},
       }) {
    std::string connections = R"("Y": [18], "A": [2])";
    const bool is_mux = std::string(gate.type).find("MUX") != std::string::npos;
    if (gate.inputs > 1) connections += R"(, "B": [10])";
    if (gate.inputs > 2) connections += is_mux ? R"(, "S": [3])" : R"(, "C": [3])";
    if (gate.inputs > 3) connections += R"(, "D": [11])";
    const Netlist netlist = read(document("18", cell("u", gate.type, connections)));
    EXPECT_EQ(netlist.gates().size(), 1u);
    EXPECT_EQ(first_difference(netlist,
                               [&](unsigned a, unsigned b) {
                                 return gate.function(a & 1, b & 1, a >> 1 & 1, b >> 1 & 1);
                               }),
              "")
        << gate.type;
  }
}

TEST(ImportYosysJson, ReadsLookUpTablesOfFewAndOfManyInputs) {
  EXPECT_EQ(
      first_difference(read(document("18", R"("u": {"type": "$lut", "parameters": {"LUT": "0010", "WIDTH": 2},
                                                    "connections": {"A": [2, 10], "Y": [18]}})")),
                       [](unsigned a, unsigned b) { return a & ~b & 1; }),
      "");
  std::string lut(256, '0');
  for (unsigned i = 0; i < 256; ++i) lut[255 - i] = i * i % 7 < 3 ? '1' : '0';
  EXPECT_EQ(
      first_difference(read(document("18", R"("u": {"type": "$lut", "parameters": {"LUT": ")" + lut +
                                               R"("}, "connections": {"A": [2,3,4,5,6,7,8,9], "Y": [18]}})")),
                       [](unsigned a, unsigned) { return a * a % 7 < 3; }),
      "");
  EXPECT_EQ(first_difference(read(document("18", R"("u": {"type": "$lut", "parameters": {"LUT": 6},
                                                    "connections": {"A": [2, 10], "Y": [18]}})")),
                             [](unsigned a, unsigned b) { return (a ^ b) & 1; }),
            "");
}

TEST(ImportYosysJson, ConstantBitsCellsByTypeAndNamesOfNetsAreTaken) {
  const std::string text = document(
      R"("1", 18, "0", "x", 3)", cell("u", "AND2", R"("A": [2], "B": [10], "Y": [18])"),
      R"(, "netnames": {"$1": {"hide_name": 1, "bits": [18]}, "both": {"hide_name": 0, "bits": [3, 18]}})");
  const Netlist netlist = read(text);
  EXPECT_EQ(first_difference(netlist,
                             [](unsigned a, unsigned b) { return 1 | (a & b & 1) << 1 | (a >> 1 & 1) << 4; }),
            "");
  EXPECT_EQ(netlist.nets()[netlist.gates()[0].output], "both[1]");
  EXPECT_EQ(netlist.gates()[0].instance, "u");
}

TEST(ImportYosysJson, RefusesWithFileAndPlace) {
  const auto error = [](const std::string& text) { return error_of([&] { read(text); }); };
  const std::vector<std::pair<std::string, std::string>> all{
      {"", "c.json:1:1: unexpected end of input, expected '[', '{', or a literal"},
      {"{", "c.json:1:2: unexpected end of input, expected string literal"},
      {"[]", "c.json: the file: expected an object"},
      {R"({"modules": []})", "c.json: the file: \"modules\" is of type array, expected an object"},
      {R"({"modules": {}})", "c.json: modules: is empty, expected a module"},
      {R"({"modules": {"m": 3}})", "c.json: module \"m\": expected an object"},
      {R"({"modules": {"m": {}}})", "c.json: module \"m\": has no \"ports\""},
      {R"({"modules": {"m": {"ports": {"A": {}}}}})", "c.json: port \"A\": has no \"direction\""},
      {R"({"modules": {"m": {"ports": {"A": {"direction": "inout", "bits": []}}}}})",
       "c.json: port \"A\": direction \"inout\", expected input or output"},
      {R"({"modules": {"m": {"ports": {"A": {"direction": "input", "bits": [1.5]}}}}})",
       "c.json: port \"A\": a bit that is no number, \"0\", \"1\" or \"x\""},
      {R"({"modules": {"m": {"ports": {"A": {"direction": "input", "bits": [2, 3]}}}}})",
       "c.json: module \"m\" has no activation \"A\", expected an input of 8 bits; the ports are: input "
       "\"A\" "
       "(2)"},
      {R"({"modules": {"m": {}, "n": {}}})",
       "c.json: modules: 0 modules have the ports \"A\", \"B\" and \"O\", expected one"},
      {document("18", ""), "c.json: net \"n18\" is read but not driven"},
      {document("18", cell("u", "$mul", "")),
       "c.json: cell \"u\": type \"$mul\" is not taken, expected gates ($_AND_ and the like, $lut) or known "
       "cells"},
      {document("18", cell("u", "m", "")),
       "c.json: cell \"u\": type \"m\" is not taken, flatten the design first"},
      {document("18", cell("u", "$_DFF_P_", "")),
       "c.json: cell \"u\": type \"$_DFF_P_\" is not taken, expected gates ($_AND_ and the like, $lut) or "
       "known cells"},
      {document("18", cell("u", "$_AND_", R"("A": [2], "Y": [18])")),
       "c.json: cell \"u\": pin \"B\" is not connected"},
      {document("18", cell("u", "$_NOT_", R"("A": [2, 3], "Y": [18])")),
       "c.json: cell \"u\": pin \"A\" of 2 bits, expected 1"},
      {document("18", cell("u", "$_NOT_", R"("A": [2], "Y": [3])")),
       "c.json: net \"n3\" is driven, but it is an input"},
      {document("18", cell("u", "$_NOT_", R"("A": [2], "Y": ["0"])")),
       "c.json: a constant is driven, expected a net"},
      {document("18", cell("u", "$_NOT_", R"("A": [18], "Y": [18])")),
       "c.json: net 'n18' is part of a combinational loop, or behind one"},
      {document("18", cell("u", "$_NOT_", R"("A": ["z"], "Y": [18])")),
       "c.json: cell \"u\": a bit that is no number, \"0\", \"1\" or \"x\""},
      {document("18", cell("u", "AND2", R"("A": [2], "Y": [18])")),
       "c.json: input pin 'B' of cell 'AND2' is not connected"},
      {document("18", cell("u", "$lut", R"("A": [2], "Y": [18])")),
       "c.json: cell \"u\": has no \"parameters\""},
      {document(
           "18",
           R"("u": {"type": "$lut", "parameters": {"LUT": "011"}, "connections": {"A": [2], "Y": [18]}})"),
       "c.json: cell \"u\": \"LUT\" of 3 digits, expected 2 of 0 and 1"},
      {document("18",
                R"("u": {"type": "$lut", "parameters": {"LUT": []}, "connections": {"A": [2], "Y": [18]}})"),
       "c.json: cell \"u\": \"LUT\" is neither a text of 0 and 1 nor a number"},
      {document("18", R"("u": {"type": 3, "connections": {}})"),
       "c.json: cell \"u\": \"type\" is of type number, expected a text"},
      {std::string(100'000, '['), "c.json: nested too deeply, expected at most 32 levels"},
      {std::string((16u << 20) + 1, ' '), "c.json: is 16777217 bytes long, expected at most 16777216"},
  };
  for (const auto& [text, line] : all) EXPECT_EQ(error(text), line) << text.substr(0, 500);
}

}  // namespace
}  // namespace neartile::pe
