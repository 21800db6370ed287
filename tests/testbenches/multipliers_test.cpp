#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "neartile/pe/circuit.h"
#include "neartile/pe/mapping.h"
#include "neartile/pe/netlist_import.h"
#include "testbenches/program.h"

namespace neartile {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json json_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "multipliers");
  arguments.push_back("--json");
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.status, 0) << result.errors;
  return json::parse(result.output);
}

void expect_refusal(const std::vector<std::string>& arguments, const std::string& text) {
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output, "");
  EXPECT_THAT(result.errors, HasSubstr(text));
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1);
}

// Known values of the unsigned core: MAE 12.25, WCE 49, EP 81.25 %, MSE 248.25.
TEST(ShownMultiplier, HasTheKnownErrorsOfTruncation) {
  const json forms = json_of({"show", "truncated(4)"});
  ASSERT_EQ(forms.size(), 4u);
  EXPECT_EQ(forms[0]["name"], "truncated(4).u8u8");
  const json& core = forms[0]["metrics"];
  EXPECT_EQ(core["mae"], 12.25);
  EXPECT_EQ(core["wce"], 49);
  EXPECT_EQ(core["ep_percent"], 81.25);
  EXPECT_EQ(core["mse"], 248.25);
  EXPECT_EQ(forms[1]["name"], "truncated(4).u8s8.sm");
  EXPECT_EQ(forms[1]["metrics"]["bias"], 0);
  const std::string text = run_program({"multipliers", "show", "truncated(4)"}).output;
  for (const char* figure : {"12.25", "81.25", "248.25"}) EXPECT_THAT(text, HasSubstr(figure));
}

TEST(Shelf, HasMeasuredEveryFormOfEveryName) {
  for (const json& row : json_of({"list"})) {
    for (const json& form : json_of({"show", row["name"]})) {
      ASSERT_FALSE(form["cost"].is_null()) << form["name"];
      EXPECT_EQ(form["cost"]["hash"], pe::make_circuit(form["name"].get<std::string>()).table->hash());
      EXPECT_GE(form["cost"]["random"]["energy_fJ"], form["cost"]["random"]["zero_delay_fJ"]);
    }
  }
}

TEST(Shelf, ComparesWholeWithTheExactCircuit) {
  const json all = json_of({"compare"});
  EXPECT_GE(all.size(), 25u);
  EXPECT_EQ(all[0]["name"], "exact.u8u8");
  EXPECT_EQ(all[0]["ratio_to_exact"]["area"], 1);
}

TEST(Shelf, IsWhatTheProgramMeasuresNow) {
  if (!pe::can_map()) GTEST_SKIP() << "yosys is not installed";
  const TemporaryFolder folder;
  const json shelf = json::parse(text_of(NEARTILE_SOURCE_DIR "/pe/shelf/asap7.json"));
  for (const std::string name : {"exact.u8u8", "drum(4).u8s8.sm", "booth(4).s8s8.native"}) {
    ASSERT_EQ(run_program({"multipliers", "map", name, "--out", (folder / "out").string()}).status, 0);
    const json now = json::parse(text_of(folder / ("out/" + name + ".cost.json")));
    EXPECT_EQ(now["conditions"], shelf["conditions"]);
    bool found = false;
    for (const json& stored : shelf["circuits"]) {
      if (stored["name"] != name) continue;
      found = true;
      for (const char* key : {"hash", "mapped_hash", "cells", "area_um2"})
        EXPECT_EQ(now[key], stored[key]) << name;
      for (const char* stimulus : {"random", "held"})
        EXPECT_NEAR(now[stimulus]["energy_fJ"], stored[stimulus]["energy_fJ"], 0.01) << name;
    }
    EXPECT_TRUE(found) << name;
  }
}

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

TEST(Heatmap, IsAPictureOfTheKindThatItsNameSays) {
  const TemporaryFolder folder;
  for (const auto& [name, begin] : {std::pair("e.png", "\x89PNG"), std::pair("e.svg", "<svg")}) {
    EXPECT_EQ(run_program({"multipliers", "show", "udm", "--heatmap", (folder / name).string()}).status, 0);
    EXPECT_TRUE(text_of(folder / name).starts_with(begin));
  }
}

TEST(Multipliers, RefuseBadInputInOneLine) {
  const TemporaryFolder folder;
  const std::string out = (folder / "made").string();
  expect_refusal({"multipliers"}, "no sub-command");
  expect_refusal({"multipliers", "lost"}, "no such sub-command");
  expect_refusal({"multipliers", "list", "--odd"}, "no such option");
  expect_refusal({"multipliers", "show"}, "0 names given");
  expect_refusal({"multipliers", "show", "truncated(99)"}, "expected 0 to 15");
  expect_refusal({"multipliers", "show", "exact", "--heatmap", out + ".gif"}, ".png or .svg");
  expect_refusal({"multipliers", "import", folder.write("a.v", "module m(;"), "--out", out}, "a.v:1");
  expect_refusal({"multipliers", "import", folder.write("a.bin", "short"), "--out", out}, "a.bin");
  expect_refusal({"multipliers", "import", (folder / "a.v").string(), "--format", "u9", "--out", out}, "u9");
  expect_refusal({"multipliers", "map", "exact"}, "--out");
  expect_refusal({"technology", "import", folder.write("a.lib", "library"), "--out", out}, "a.lib");
  EXPECT_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace neartile
