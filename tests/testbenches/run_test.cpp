#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/shared_data.h"
#include "testbenches/run_result.h"

namespace neartile {
namespace {

using nlohmann::json;
using testing::HasSubstr;

void expect_times(const json& result) {
  const auto cycles = result["cycles"]["total"].get<double>();
  const auto images = result["accuracy"]["images"].get<double>();
  EXPECT_DOUBLE_EQ(result["cycles"]["per_image"].get<double>(), cycles / images);
  EXPECT_DOUBLE_EQ(result["time_s"].get<double>(),
                   cycles / (result["chip"]["clock_MHz"].get<double>() * 1e6));
}

// An array of R x C does at most one MAC a PE and cycle.
void expect_utilisation(const json& result) {
  std::map<std::string, double> pes;
  for (const auto& group : result["chip"]["arrays"])
    pes[group["name"]] =
        group["count"].get<double>() * group["rows"].get<double>() * group["columns"].get<double>();
  const auto images = result["accuracy"]["images"].get<double>();
  std::size_t matrices = 0;
  for (const auto& layer : result["layers"]) {
    if (layer["group"].is_null()) continue;
    ++matrices;
    const double utilisation = layer["utilisation_percent"].get<double>();
    EXPECT_GT(utilisation, 0);
    EXPECT_LE(utilisation, 100);
    EXPECT_NEAR(
        utilisation,
        100 * layer["macs"].get<double>() * images / (layer["cycles"].get<double>() * pes.at(layer["group"])),
        1e-9);
  }
  EXPECT_GT(matrices, 2u);
}

TEST(DefaultRun, WritesAResultWhoseLayersSumToItsTotals) {
  std::string printed;
  const json result = result_of({"--limit", "4"}, &printed);
  EXPECT_EQ(result["accuracy"]["images"], 4);
  expect_sums(result);
  expect_times(result);
  expect_utilisation(result);
  EXPECT_THAT(printed, HasSubstr("\nresult: top-1 "));
  EXPECT_THAT(printed, testing::Not(HasSubstr("SystemC")));
  for (const auto& layer : result["layers"]) {
    if (!layer["group"].is_null()) EXPECT_THAT(printed, HasSubstr(layer["name"].get<std::string>() + " "));
  }
}

TEST(DefaultRun, UsesAllFourTypesOfItsBank) {
  const json result = result_of({"--limit", "1", "--executor"});
  std::set<std::string> types;
  for (const auto& layer : result["layers"])
    if (layer["pe_type"].is_string()) types.insert(layer["pe_type"]);
  EXPECT_THAT(types, testing::ElementsAre("drum(4)", "exact", "truncated(4)", "truncated(6)"));
  EXPECT_EQ(result["routing"]["origin"], "policy exact-ends");
}

TEST(DefaultRun, GivesTheSameResultTwice) {
  EXPECT_EQ(result_of({"--limit", "2"}), result_of({"--limit", "2"}));
}

TEST(ExecutorRun, AgreesWithTheChipAndHasNoCycles) {
  for (const char* policy : {"exact-ends", "spread"}) {
    const json chip = result_of({"--limit", "12", "--policy", policy});
    const json executor = result_of({"--limit", "12", "--policy", policy, "--executor"});
    EXPECT_EQ(chip["accuracy"], executor["accuracy"]);
    EXPECT_TRUE(executor["executor"].get<bool>());
    for (const char* key : {"cycles", "time_s", "toggles"}) {
      EXPECT_TRUE(chip.contains(key));
      EXPECT_FALSE(executor.contains(key)) << key;
      EXPECT_FALSE(executor["layers"][0].contains(key)) << key;
    }
  }
}

TEST(ExecutorRun, IsExactOnAnExactChip) {
  const json result = result_of({"--limit", "50", "--executor", "--policy", "first"});
  EXPECT_EQ(result["accuracy"]["agreement_exact"], 50);
  EXPECT_EQ(result["accuracy"]["top1_correct"], result["accuracy"]["exact_top1_correct"]);
}

TEST(ExecutorRun, CruelMultipliersCostAccuracy) {
  const json result = result_of(
      {"--limit", "50", "--executor", "--policy", "first", "--set", "arrays.0.pe.multiplier=truncated(12)"});
  EXPECT_LT(result["accuracy"]["top1_correct"], result["accuracy"]["exact_top1_correct"]);
}

TEST(RunOptions, SettingsReachTheChip) {
  const json slow = result_of({"--limit", "1", "--set", "clock_MHz=94"});
  const json fast = result_of({"--limit", "1", "--set", "clock_MHz=940"});
  EXPECT_EQ(slow["chip"]["clock_MHz"], 94);
  EXPECT_GT(slow["time_s"], fast["time_s"]);
}

TEST(RunOptions, SymmetricChipsRun) {
  std::vector<std::string> arguments{"--limit", "2"};
  for (int group = 0; group < 4; ++group)
    arguments.insert(arguments.end(), {"--set", "arrays." + std::to_string(group) + ".pe.format=s8s8"});
  const json result = result_of(arguments);
  expect_sums(result);
  EXPECT_EQ(result["layers"][0]["pe_type"], "exact:s8s8");
}

TEST(RunOptions, EchoedChipAndRoutingCanBeUsedAgain) {
  const TemporaryFolder folder;
  const json first = result_of({"--limit", "2", "--executor", "--policy", "spread"});
  const json again =
      result_of({"--limit", "2", "--executor", "--chip", folder.write("c.json", first["chip"].dump()),
                 "--routing", folder.write("r.json", json{{"layers", first["routing"]["layers"]}}.dump())});
  EXPECT_EQ(first["chip"], again["chip"]);
  EXPECT_EQ(first["layers"], again["layers"]);
  EXPECT_EQ(first["accuracy"], again["accuracy"]);
}

TEST(RunOptions, TheExampleRoutingFitsTheDefaultNetwork) {
  const json result = result_of({"--limit", "1", "--executor", "--routing",
                                 NEARTILE_SOURCE_DIR "/testbenches/configs/routing-example.json"});
  for (const auto& layer : result["layers"]) {
    if (layer["group"].is_null()) continue;
    const bool exact = layer["name"] == "conv1" || layer["name"] == "fc";
    EXPECT_EQ(layer["pe_type"], exact ? "exact" : "truncated(4)") << layer["name"];
  }
}

TEST(ResNet20, RunsOnTheBankOfFourTypes) {
  NEARTILE_NEEDS_SHARED();
  const TemporaryFolder folder;
  const auto data = testing_support::shared_data() / "data/networks/cifar10";
  const json workload{{"name", "resnet20"},
                      {"network", std::filesystem::absolute(data / "resnet20_folded.onnx")},
                      {"calibration", std::filesystem::absolute(data / "calib_images.npy")},
                      {"images", std::filesystem::absolute(data / "test_images.npy")},
                      {"labels", std::filesystem::absolute(data / "test_labels.npy")},
                      {"mean", {123.675, 116.28, 103.53}},
                      {"std", {58.395, 57.12, 57.375}}};
  const std::vector<std::string> arguments{
      "--limit",    "8",
      "--workload", folder.write("w.json", workload.dump()),
      "--chip",     NEARTILE_SOURCE_DIR "/testbenches/configs/bank4.json"};
  const json chip = result_of(arguments);
  expect_sums(chip);
  expect_times(chip);
  expect_utilisation(chip);
  auto with_executor = arguments;
  with_executor.push_back("--executor");
  EXPECT_EQ(chip["accuracy"], result_of(with_executor)["accuracy"]);
  std::uint64_t macs = 0;
  for (const auto& layer : chip["layers"]) macs += layer["macs"].get<std::uint64_t>();
  EXPECT_EQ(macs, 40551040u);  // 40.55 M, convolutions and the fully connected layer
}

}  // namespace
}  // namespace neartile
