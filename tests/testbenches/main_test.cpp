#include "testbenches/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace neartile {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

TEST(Program, ExplainsItself) {
  for (const auto& [arguments, text] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"--help"}, "usage: neartile COMMAND"},
           {{"run", "--help"}, "usage: neartile run"},
           {{"run", "--help-config"}, "arrays.N.pe.multiplier"}}) {
    const ProgramResult result = run_program(arguments);
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.errors, "");
    EXPECT_THAT(result.output, HasSubstr(text));
  }
}

TEST(Program, TellsItsVersion) {
  EXPECT_THAT(run_program({"--version"}).output, MatchesRegex("neartile [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Program, HelpNamesEveryOptionOfItsPage) {
  const std::string help = run_program({"run", "--help"}).output;
  const std::string page = text_of(NEARTILE_SOURCE_DIR "/docs/reference/program.md");
  for (const char* option : {"--workload", "--chip", "--set", "--routing", "--policy", "--limit",
                             "--executor", "--out", "--help-config", "--layers", "--operands", "--seed"}) {
    EXPECT_THAT(help, HasSubstr(option));
    EXPECT_THAT(page, HasSubstr(option));
  }
  for (const char* policy : {"first", "spread", "exact-ends"}) EXPECT_THAT(help, HasSubstr(policy));
}

TEST(Program, PrintsTheTableOfTheChipsPage) {
  EXPECT_THAT(text_of(NEARTILE_SOURCE_DIR "/docs/reference/chip.md"),
              HasSubstr(run_program({"run", "--help-config"}).output));
}

}  // namespace
}  // namespace neartile
