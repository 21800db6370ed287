#include "neartile/pe/operand_histograms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/error_of.h"

namespace neartile::pe {
namespace {

using nlohmann::json;

json good() {
  json histograms{{"activation", std::vector<double>(256)}, {"weight", std::vector<double>(256, 0.5)}};
  histograms["activation"][3] = 7;
  return histograms;
}

std::string error_with(const char* key, const json& value) {
  json changed = good();
  changed[key] = value;
  return testing_support::error_of([&] { read_histograms(changed.dump(), "h.json"); });
}

TEST(OperandHistograms, AreReadByPattern) {
  const OperandHistograms read = read_histograms(good().dump(), "h.json");
  EXPECT_EQ(read.activation[3], 7);
  EXPECT_EQ(read.activation[4], 0);
  EXPECT_EQ(read.weight[255], 0.5);
}

TEST(OperandHistograms, AreRefusedInOneLineThatNamesThePlace) {
  const std::string list = "h.json: /weight: expected a list of 256 numbers, one an operand pattern";
  EXPECT_EQ(error_with("weight", 1), list);
  EXPECT_EQ(error_with("weight", std::vector<int>(255, 1)), list);
  std::vector<double> counts(256, 1);
  counts[9] = -1;
  EXPECT_EQ(error_with("weight", counts), "h.json: /weight: pattern 9: expected a number of 0 or more");
  EXPECT_EQ(error_with("weight", std::vector<int>(256)),
            "h.json: /weight: expected numbers with a finite sum above 0");
  EXPECT_EQ(error_with("weight", std::vector<double>(256, 1e308)),
            "h.json: /weight: expected numbers with a finite sum above 0");
  EXPECT_EQ(error_with("weights", 1), "h.json: /\"weights\": unknown key, expected activation and weight");
  EXPECT_EQ(testing_support::error_of([] { read_histograms("[]", "h.json"); }),
            "h.json: expected an object with \"activation\" and \"weight\"");
}

}  // namespace
}  // namespace neartile::pe
