#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

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

// Known values of the unsigned core: MAE 12.25, WCE 49, EP 81.25 %, MSE 248.25.
TEST(ShownMultiplier, HasTheKnownErrorsOfTruncation) {
  const json forms = multipliers_json({"show", "truncated(4)"});
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

TEST(Shelf, ComparesWholeWithTheExactCircuit) {
  for (const auto& [format, exact] : {std::pair("core", "exact.u8u8"), std::pair("u8s8", "exact.u8s8.sm"),
                                      std::pair("s8s8", "exact.s8s8.native")}) {
    const json all = multipliers_json({"compare", "--format", format});
    EXPECT_GE(all.size(), 25u);
    EXPECT_EQ(all[0]["name"], exact);
    for (const char* value : {"area", "random", "held"}) EXPECT_EQ(all[0]["ratio_to_exact"][value], 1);
  }
}

TEST(Shelf, IsInTheDocumentationAsComparePrintsIt) {
  const ProgramResult compared = run_program({"multipliers", "compare"});
  EXPECT_THAT(text_of(NEARTILE_SOURCE_DIR "/docs/explanation/shelf.md"),
              HasSubstr("```\n" + compared.output + "```\n"));
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

TEST(Heatmap, IsAPictureOfTheKindThatItsNameSays) {
  const TemporaryFolder folder;
  for (const auto& [name, begin] : {std::pair("e.png", "\x89PNG"), std::pair("e.svg", "<svg")}) {
    EXPECT_EQ(run_program({"multipliers", "show", "udm", "--heatmap", (folder / name).string()}).status, 0);
    EXPECT_TRUE(text_of(folder / name).starts_with(begin));
  }
  EXPECT_LT(std::filesystem::file_size(folder / "e.png"), 512u * 512u / 4);
}

// With a = 3 always, and w = 5 twice as often as 4: 2 x 4 instead of 15 and of 12.
TEST(Histograms, WeighErrorsAsOftenAsOperandsOccur) {
  const TemporaryFolder folder;
  std::vector<int> activation(256), weight(256);
  activation[3] = 10;
  weight[5] = 2;
  weight[4] = 1;
  const std::string file =
      folder.write("h.json", json{{"activation", activation}, {"weight", weight}}.dump());
  const json shown = multipliers_json({"show", "operand_truncation(1).u8u8", "--histograms", file})[0];
  EXPECT_EQ(shown["metrics"]["wce"], 509);
  const json compared = multipliers_json({"compare", "operand_truncation(1).u8u8", "--histograms", file})[0];
  for (const json& metrics : {shown["weighted"]["metrics"], compared["metrics"]}) {
    EXPECT_DOUBLE_EQ(metrics["mae"], 6);
    EXPECT_DOUBLE_EQ(metrics["bias"], -6);
    EXPECT_EQ(metrics["wce"], 7);
    EXPECT_EQ(metrics["ep_percent"], 100);
  }
}

TEST(Terms, AddUpToTheMultiplier) {
  const TemporaryFolder folder;
  for (const std::string name : {"truncated(4).u8s8.sm", "roba.u8u8"}) {
    const std::string file = (folder / "terms.json").string();
    const json shown = multipliers_json({"show", name, "--terms", file})[0];
    const json written = json::parse(text_of(file));
    EXPECT_EQ(shown["terms"], written["terms"].size() + (written["adds_exact"] ? 1 : 0));
    const pe::Circuit circuit = pe::make_circuit(name);
    EXPECT_EQ(written["hash"], circuit.table->hash());
    std::vector<int> sums(pe::TruthTable::size);
    for (std::size_t i = 0; written["adds_exact"] && i < sums.size(); ++i)
      sums[i] = activation_value(circuit.operands, static_cast<std::uint8_t>(i >> 8)) *
                weight_value(circuit.operands, static_cast<std::uint8_t>(i));
    for (const json& term : written["terms"]) {
      const std::vector<int> f = term["activation"], g = term["weight"];
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += f[i >> 8] * g[i & 255];
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
      ASSERT_EQ(sums[i],
                circuit.product(static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i & 255)))
          << name << ", entry " << i;
  }
}

TEST(Multipliers, HelpHasTheParametersOfEachFamily) {
  const ProgramResult help = run_program({"multipliers", "--help"});
  EXPECT_EQ(help.status, 0);
  for (const pe::MultiplierFamily* family : pe::multiplier_families())
    EXPECT_THAT(help.output, HasSubstr("  " + signature(*family) + "\n"));
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
  expect_refusal({"multipliers", "show", "udm", "--terms", out}, "expected a full name such as udm.u8s8.sm");
  expect_refusal({"multipliers", "show", "mitchell.u8u8", "--terms", out}, "of rank 128");
  expect_refusal({"multipliers", "show", "udm.u8u8", "--histograms", folder.write("h.json", "{}")},
                 "h.json: /activation: expected a list of 256 numbers");
  expect_refusal({"multipliers", "compare", "udm.u8u8", "udm.u8s8", "--histograms", "h.json"}, "udm.u8s8.sm");
  expect_refusal({"multipliers", "compare", "udm.u8u8", "lost"}, "no such family");
  expect_refusal({"multipliers", "compare", "--plot", out + ".png"}, "ends in .svg");
  expect_refusal({"multipliers", "import", folder.write("a.v", "module m(;"), "--out", out}, "a.v:1");
  expect_refusal({"multipliers", "import", folder.write("a.bin", "short"), "--out", out}, "a.bin");
  expect_refusal({"multipliers", "import", (folder / "a.v").string(), "--format", "u9", "--out", out}, "u9");
  expect_refusal({"multipliers", "map", "exact"}, "--out");
  expect_refusal({"technology", "import", folder.write("a.lib", "library"), "--out", out}, "a.lib");
  EXPECT_FALSE(std::filesystem::exists(out));
}

}  // namespace
}  // namespace neartile
