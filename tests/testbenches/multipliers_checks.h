#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "testbenches/program.h"

namespace neartile::testing_support {

/// What `neartile multipliers ARGUMENTS --json` prints.
inline nlohmann::json multipliers_json(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "multipliers");
  arguments.push_back("--json");
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.status, 0) << result.errors;
  return nlohmann::json::parse(result.output);
}

/// The program says `text` in its one line, and does nothing else.
inline void expect_refusal(const std::vector<std::string>& arguments, const std::string& text) {
  const ProgramResult result = run_program(arguments);
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.output, "");
  EXPECT_THAT(result.errors, testing::HasSubstr(text));
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1);
}

}  // namespace neartile::testing_support
