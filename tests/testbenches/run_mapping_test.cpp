#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "testbenches/run_result.h"

namespace neartile {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(MappingRun, ChangesCyclesAndIsEchoedAsItCanBeReadAgain) {
  const TemporaryFolder folder;
  const json usual = result_of({"--limit", "2"});
  const json changed =
      result_of({"--limit", "2", "--mapping", folder.write("m.json", R"({"default": {"m_chunk": 3}})")});
  EXPECT_EQ(usual["mapping"]["origin"], "default rule");
  EXPECT_EQ(changed["mapping"]["layers"]["conv1"]["m_chunk"], 3);
  EXPECT_GT(changed["cycles"]["total"], usual["cycles"]["total"]);
  EXPECT_EQ(changed["accuracy"], usual["accuracy"]);
  const json again =
      result_of({"--limit", "2", "--mapping",
                 folder.write("again.json", json{{"layers", changed["mapping"]["layers"]}}.dump())});
  EXPECT_EQ(again["layers"], changed["layers"]);
}

TEST(MappingRun, RefusesWhatItDoesNotKnow) {
  const TemporaryFolder folder;
  const ProgramResult result =
      run_program({"run", "--limit", "1", "--mapping", folder.write("m.json", R"({"layer": {}})")});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.errors, HasSubstr("m.json: unknown key \"layer\", expected one of default, layers\n"));
}

TEST(ImagesInFlight, TakeFewerCyclesAndGiveTheSameAnswers) {
  std::string printed;
  const json single = result_of({"--limit", "8"});
  const json together = result_of({"--limit", "8", "--images-in-flight", "4"}, &printed);
  expect_sums(together);
  EXPECT_EQ(together["images_in_flight"], 4);
  EXPECT_EQ(single["accuracy"], together["accuracy"]);
  EXPECT_LT(together["cycles"]["total"].get<double>(), 0.8 * single["cycles"]["total"].get<double>());
  EXPECT_THAT(printed, HasSubstr("; 4 images in flight\n"));
  for (const auto& layer : together["layers"]) EXPECT_TRUE(layer["utilisation_percent"].is_null());
}

TEST(ImagesInFlight, DivideTheImages) {
  const ProgramResult result = run_program({"run", "--limit", "10", "--images-in-flight", "4"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.errors, "neartile: --images-in-flight: is 4, expected a divisor of the 10 images\n");
}

}  // namespace
}  // namespace neartile
