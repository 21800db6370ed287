#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "testbenches/program.h"

namespace neartile {

/// Runs into a folder and reads what it wrote.
inline nlohmann::json result_of(std::vector<std::string> arguments, std::string* printed = nullptr) {
  const TemporaryFolder folder;
  arguments.insert(arguments.begin(), "run");
  arguments.insert(arguments.end(), {"--out", (folder / "made/for/this").string()});
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_EQ(result.errors, "");
  if (printed) *printed = result.output;
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file : std::filesystem::directory_iterator(folder / "made/for/this"))
    ++files;
  EXPECT_EQ(files, 1u);
  return nlohmann::json::parse(text_of(folder / "made/for/this/result.json"));
}

inline std::uint64_t sum_of_layers(const nlohmann::json& result, const nlohmann::json::json_pointer& key) {
  std::uint64_t sum = 0;
  for (const auto& layer : result.at("layers")) sum += layer.at(key).get<std::uint64_t>();
  return sum;
}

/// Cycles and toggles of the layers are those of the run.
inline void expect_sums(const nlohmann::json& result) {
  using nlohmann::operator""_json_pointer;
  EXPECT_EQ(sum_of_layers(result, "/cycles"_json_pointer), result["cycles"]["total"].get<std::uint64_t>());
  for (const char* net : {"activation", "product", "partial_sum", "weight", "control"}) {
    const auto total = result["toggles"][net].get<std::uint64_t>();
    EXPECT_GT(total, 0u);
    EXPECT_EQ(sum_of_layers(result, nlohmann::json::json_pointer(std::string("/toggles/") + net)), total);
  }
}

}  // namespace neartile
