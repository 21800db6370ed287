// Circuits of files in the commands that take multipliers.
#include "neartile/pe/circuit.h"
#include "neartile/pe/mapping.h"
#include "neartile/pe/netlist_import.h"
#include "testbenches/multipliers_checks.h"

namespace neartile {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing_support::expect_refusal;
using testing_support::multipliers_json;

TEST(ImportedMultiplier, RunsInAChipAsTheSameOneByNameDoes) {
  const TemporaryFolder folder;
  const std::string verilog =
      folder.write("mine.v", to_verilog(*pe::make_circuit("truncated(6).u8u8").netlist));
  const ProgramResult imported =
      run_program({"multipliers", "import", verilog, "--out", (folder / "in").string()});
  EXPECT_EQ(imported.status, 0) << imported.errors;
  EXPECT_THAT(imported.output, HasSubstr("equals  truncated(6).u8u8"));

  const auto accuracy = [&](const std::string& multiplier) {
    const json chip{{"arrays", {{{"rows", 32}, {"columns", 32}, {"pe", {{"multiplier", multiplier}}}}}}};
    const ProgramResult run =
        run_program({"run", "--executor", "--limit", "20", "--chip", folder.write("c.json", chip.dump()),
                     "--out", (folder / "out").string()});
    EXPECT_EQ(run.status, 0) << run.errors;
    return json::parse(text_of(folder / "out/result.json"));
  };
  const json file = accuracy("in/mine.multiplier.json"), name = accuracy("truncated(6)");
  EXPECT_EQ(file["accuracy"], name["accuracy"]);
  EXPECT_EQ(file["layers"][0]["pe_type"], "mine");
}

TEST(ImportedMultiplier, IsSaidToBeSignedWhereThatFitsBetter) {
  const TemporaryFolder folder;
  const std::string out = (folder / "out").string();
  const auto import = [&](const std::string& circuit, const std::string& format) {
    const std::string file = folder.write("a.v", to_verilog(*pe::make_circuit(circuit).netlist));
    return run_program({"multipliers", "import", file, "--format", format, "--out", out}).output;
  };
  EXPECT_THAT(import("exact.s8s8.native", "core"),
              HasSubstr("hint    with --format s8s8 its MAE would be 0\n"));
  EXPECT_THAT(import("truncated(6).u8u8", "s8s8"), HasSubstr("hint    with --format core"));
  EXPECT_THAT(import("truncated(6).u8u8", "core"), testing::Not(HasSubstr("hint")));
  EXPECT_THAT(import("etm(4).u8s8.sm", "u8s8"), testing::Not(HasSubstr("hint")));
}

// Small, and not the same with its operands exchanged.
const char* const and_not = R"(module and_not(input [7:0] x, input [7:0] k, output [7:0] p);
  assign p = x & ~k;
endmodule
)";

std::vector<std::string> operator+(std::vector<std::string> left, const std::vector<std::string>& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

using Words = std::vector<std::string>;
const Words ports{"--activation", "x", "--weight", "k", "--product", "p"};

TEST(CircuitOfAFile, HasItsPortsNamedInEveryCommand) {
  const TemporaryFolder folder;
  const std::string file = folder.write("and_not.v", and_not), out = (folder / "out").string();
  const auto import = [&](const Words& options) {
    EXPECT_EQ(run_program(Words{"multipliers", "import", file, "--out", out} + options).status, 0);
    return json::parse(text_of(out + "/and_not.multiplier.json"));
  };
  const json imported = import(ports);
  EXPECT_EQ(imported["products"][0x0305], 2);  // 3 & ~5
  EXPECT_EQ(import({"--activation", "k", "--weight", "x", "--product", "p"})["products"][0x0503], 2);
  EXPECT_EQ(import(ports + Words{"--format", "s8s8"})["operands"], "s8s8");

  EXPECT_EQ(multipliers_json(Words{"show", file} + ports)[0]["hash"], imported["hash"]);
  if (!pe::can_map()) GTEST_SKIP() << "yosys is not installed";
  EXPECT_EQ(multipliers_json(Words{"compare", file} + ports)[0]["hash"], imported["hash"]);
  ASSERT_EQ(run_program(Words{"multipliers", "map", file, "--out", out} + ports).status, 0);
  const json cost = json::parse(text_of(out + "/and_not.cost.json"));
  EXPECT_EQ(cost["hash"], imported["hash"]);
  EXPECT_EQ(cost["mapped_from"], "verilog");
}

TEST(CircuitOfAFile, IsMappedAsImportedWhereYosysRefusesItsText) {
  if (!pe::can_map()) GTEST_SKIP() << "yosys is not installed";
  const TemporaryFolder folder;
  const std::string file = folder.write("named.v", R"(module named(input [7:0] A, B, output [0:0] O);
  AND2X1 u(.A(A[0]), .B(B[0]), .Y(O[0]));
endmodule
)");
  const ProgramResult mapped = run_program({"multipliers", "map", file, "--out", folder.path().string()});
  EXPECT_EQ(mapped.status, 0);
  EXPECT_THAT(mapped.errors, HasSubstr("AND2X1"));
  EXPECT_THAT(mapped.errors, HasSubstr("mapped the netlist as imported instead\n"));
  EXPECT_EQ(std::count(mapped.errors.begin(), mapped.errors.end(), '\n'), 1);
  const json cost = json::parse(text_of(folder / "named.cost.json"));
  EXPECT_EQ(cost["mapped_from"], "netlist");
  EXPECT_THAT(cost["verilog_refused"].get<std::string>(), HasSubstr("AND2X1"));
}

TEST(ImportOptions, AreRefusedWhereNoFileIsReadByThem) {
  const TemporaryFolder folder;
  const std::string circuit = folder.write("and_not.v", and_not), table = folder.write("a.bin", "short");
  expect_refusal({"multipliers", "show", "udm", "--weight", "B"}, "--weight: is for circuits from files");
  expect_refusal({"multipliers", "show", table, "--weight", "B"}, "--weight: is for circuits from files");
  expect_refusal({"multipliers", "show", "my.multiplier.json", "--format", "core"}, "--format: is for files");
  expect_refusal({"multipliers", "compare", circuit, "--rows", "weight"}, "--rows: is for tables");
  expect_refusal({"multipliers", "compare", "udm.u8u8", "--format", "core"}, "--format: is for files");
  expect_refusal({"multipliers", "show", circuit}, "the ports are: input \"k\" (8)");
  expect_refusal({"multipliers", "show", table, "--rows", "both"}, "expected activation or weight");
}

}  // namespace
}  // namespace neartile
