// The program `platform` beside `neartile run`: the same images, loosely and approximately timed.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "testbenches/program.h"

namespace neartile {
namespace {

struct PlatformRun {
  nlohmann::json result;
  std::string printed;
};

PlatformRun run_platform(std::vector<std::string> arguments) {
  const TemporaryFolder folder;
  arguments.insert(arguments.end(), {"--images", "2", "--out", (folder / "out").string()});
  const ProgramResult done = run_file(PLATFORM_PROGRAM, arguments);
  EXPECT_EQ(done.status, 0) << done.errors;
  EXPECT_EQ(done.errors, "");
  return {nlohmann::json::parse(text_of(folder / "out/platform.json")), done.output};
}

/// Toggles of a class, as firmware read them from the arrays' registers.
std::uint64_t of_all_arrays(const std::string& printed, const std::string& toggles) {
  const std::regex line("array \\d+: .* (\\d+) " + toggles);
  std::uint64_t sum = 0;
  for (std::sregex_iterator at(printed.begin(), printed.end(), line), end; at != end; ++at)
    sum += std::stoull((*at)[1]);
  return sum;
}

TEST(PlatformProgram, ComputesWhatNeartileRunDoesInEveryStyle) {
  const TemporaryFolder folder;
  const ProgramResult bench = run_program({"run", "--limit", "2", "--out", (folder / "out").string()});
  ASSERT_EQ(bench.status, 0) << bench.errors;
  const auto run = nlohmann::json::parse(text_of(folder / "out/result.json"));

  const PlatformRun at = run_platform({"--style", "at", "--memory", "hbm2"});
  const PlatformRun lt = run_platform({"--style", "lt", "--memory", "hbm2"});
  const PlatformRun dmi = run_platform({"--style", "lt-dmi", "--memory", "hbm2", "--quantum", "10"});
  const PlatformRun simple = run_platform({});
  for (const PlatformRun* one : {&at, &lt, &dmi, &simple}) {
    EXPECT_EQ(one->result["outputs"], at.result["outputs"]);
    for (const char* datapath : {"activation", "product", "partial_sum", "weight"})
      EXPECT_EQ(one->result["toggles"][datapath], run["toggles"][datapath]) << datapath;
    EXPECT_EQ(of_all_arrays(one->printed, "product"), one->result["toggles"]["product"]);
    EXPECT_EQ(of_all_arrays(one->printed, "control"), one->result["toggles"]["control"]);
    // Valid and load bits also change between tiles that do not follow each other at once: that is timing.
    const auto control = run["toggles"]["control"].get<double>();
    EXPECT_NEAR(one->result["toggles"]["control"].get<double>(), control, 0.01 * control);
    EXPECT_THAT(one->printed, testing::HasSubstr("images: 2, right 2 of 2\n"));
    EXPECT_NEAR(one->result["cycles"].get<double>(), at.result["cycles"].get<double>(),
                0.1 * at.result["cycles"].get<double>());
  }
  EXPECT_EQ(at.result["outputs"].size(), 20u);
}

TEST(PlatformProgram, SaysWhatIsWrong) {
  const auto errors = [](const std::vector<std::string>& arguments) {
    const ProgramResult done = run_file(PLATFORM_PROGRAM, arguments);
    EXPECT_EQ(done.status, 1);
    return done.errors;
  };
  EXPECT_EQ(errors({"--style", "fast"}), "platform: --style: is \"fast\", expected lt, lt-dmi, at\n");
  EXPECT_EQ(errors({"--memory", ""}), "platform: --memory: is \"\", expected simple, hbm2\n");
  EXPECT_EQ(errors({"--images", "0"}), "platform: --images: is 0, expected 1 to 100000\n");
  EXPECT_EQ(errors({"--quantum", "-1"}), "platform: --quantum: is -1, expected 0 to 1000000 microseconds\n");
  EXPECT_THAT(errors({"--set", "memory.size_MiB=1", "--images", "600"}),
              testing::HasSubstr("memory: has no room for"));
}

}  // namespace
}  // namespace neartile
