#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "testbenches/run_result.h"

namespace neartile {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string small_table =
    "name,type,gemm_m,gemm_n,gemm_k,gemm_count\n"
    "query,fc,20,40,64,1\nscores,matmul_act,20,20,16,4\nhead,fc,1,10,64,1\n";

json small_run(std::vector<std::string> arguments, std::string* printed = nullptr) {
  const TemporaryFolder folder;
  arguments.insert(arguments.end(), {"--layers", folder.write("small.csv", small_table)});
  return result_of(arguments, printed);
}

TEST(TableRun, GivesCountsWithoutAccuracy) {
  std::string printed;
  const json result = small_run({}, &printed);
  EXPECT_EQ(result["workload"], "small");
  EXPECT_TRUE(result["accuracy"].is_null());
  EXPECT_FALSE(result.contains("executor"));
  expect_sums(result);
  EXPECT_EQ(sum_of_layers(result, json::json_pointer("/macs")), 20u * 40 * 64 + 4 * 20 * 20 * 16 + 10 * 64);
  EXPECT_DOUBLE_EQ(result["time_s"].get<double>(), result["cycles"]["total"].get<double>() / 940e6);
  EXPECT_EQ(result["layers"][1]["type"], "MatMul");
  for (const char* part :
       {"table of 3 matrix layers, 77,440 MACs", "no accuracy", "seed 1; u8 activations", "\nquery "})
    EXPECT_THAT(printed, HasSubstr(part));
}

TEST(TableRun, IsTheSameForASeedAndAnotherForAnother) {
  EXPECT_EQ(small_run({}), small_run({"--seed", "1"}));
  const json other = small_run({"--seed", "2"});
  EXPECT_EQ(other["cycles"], small_run({})["cycles"]);
  EXPECT_NE(other["toggles"], small_run({})["toggles"]);
}

TEST(TableRun, StatisticsChangeTheToggles) {
  const TemporaryFolder folder;
  const std::string quiet = folder.write("o.json", R"({"zero_percent": 100, "seed": 5})");
  const json result = small_run({"--operands", quiet, "--policy", "first"});
  EXPECT_EQ(result["toggles"]["activation"], 0);
  EXPECT_EQ(result["toggles"]["product"], 0);
  EXPECT_EQ(result["operands"]["seed"], 5);
  EXPECT_EQ(small_run({"--operands", quiet, "--seed", "6"})["operands"]["seed"], 6)
      << "the command line wins";
  const std::string one =
      folder.write("one.json", R"({"layers": [{"name": "scores", "zero_percent": 100}]})");
  const json mixed = small_run({"--operands", one, "--policy", "first"});
  EXPECT_GT(mixed["layers"][0]["toggles"]["activation"], 0);
  // The registers go from the last vector of the layer before to 0, and stay there.
  EXPECT_LT(mixed["layers"][1]["toggles"]["activation"], 32 * 32 * 8);
}

TEST(TableRun, EchoedOperandsRoutingAndChipCanBeUsedAgain) {
  const TemporaryFolder folder;
  const json first = small_run({"--policy", "spread", "--seed", "3", "--set", "clock_MHz=500"});
  const json again = small_run({"--operands", folder.write("o.json", first["operands"].dump()), "--routing",
                                folder.write("r.json", json{{"layers", first["routing"]["layers"]}}.dump()),
                                "--chip", folder.write("c.json", first["chip"].dump())});
  for (const char* key : {"layers", "operands", "chip", "toggles", "cycles"})
    EXPECT_EQ(first[key], again[key]);
}

TEST(TableRun, RoutesLayersByTheirNames) {
  const TemporaryFolder folder;
  const json routing{{"layers", {{"scores", "drum(4)"}}}, {"default", "exact"}};
  const json result = small_run({"--routing", folder.write("r.json", routing.dump())});
  EXPECT_EQ(result["layers"][0]["pe_type"], "exact");
  EXPECT_EQ(result["layers"][1]["pe_type"], "drum(4)");
}

TEST(TableRun, AGroupOfArraysSharesALayer) {
  const auto run = [](const char* count) {
    return small_run({"--policy", "first", "--set", std::string("arrays.0.count=") + count});
  };
  const json one = run("1"), four = run("4");
  EXPECT_LT(four["layers"][0]["cycles"], one["layers"][0]["cycles"]);
  EXPECT_EQ(four["layers"][2]["cycles"], one["layers"][2]["cycles"]) << "one vector is one array's";
}

TEST(TableRun, SymmetricChipsRun) {
  std::vector<std::string> arguments;
  for (int group = 0; group < 4; ++group)
    arguments.insert(arguments.end(), {"--set", "arrays." + std::to_string(group) + ".pe.format=s8s8"});
  std::string printed;
  expect_sums(small_run(arguments, &printed));
  EXPECT_THAT(printed, HasSubstr("s8 activations: 0 at 50 %, else |N(0, 25)|"));
}

TEST(TableRun, KnowsItsTablesByName) {
  const json result = result_of({"--layers", "mobilenet_v2"});
  EXPECT_EQ(result["workload"], "mobilenet_v2");
  EXPECT_EQ(sum_of_layers(result, json::json_pointer("/macs")), 300774272u);
  const std::string help = run_program({"run", "--help"}).output;
  for (const auto& file : std::filesystem::directory_iterator(NEARTILE_SOURCE_DIR "/testbenches/layers"))
    if (file.path().extension() == ".csv") EXPECT_THAT(help, HasSubstr(" " + file.path().stem().string()));
}

}  // namespace
}  // namespace neartile
