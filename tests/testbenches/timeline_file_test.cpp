#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/trace_reader.h"
#include "testbenches/program.h"
#include "testbenches/run_result.h"

namespace neartile {
namespace {

using testing_support::TraceReader;

TEST(TimelineFile, ShowsTheCyclesOfTheRunsFirstImages) {
  const TemporaryFolder folder;
  const std::string file = (folder / "t.json").string();
  const auto result = result_of({"--limit", "2", "--timeline", file, "--timeline-images", "2"});
  const auto trace = TraceReader::read(text_of(file));
  EXPECT_EQ(trace.at({"network", "layers"}).back().end_cycle, result["cycles"]["total"].get<std::uint64_t>());
  std::uint64_t states = 0, in_result = 0;
  for (const auto& [track, spans] : trace)
    if (track.first == "arrays" && track.second.find("weights enter") == std::string::npos)
      for (const auto& span : spans) states += span.end_cycle - span.begin_cycle;
  for (const auto& layer : result["layers"])
    for (const auto& array : layer["array_cycles"])
      for (const auto& [state, cycles] : array.items()) in_result += cycles.get<std::uint64_t>();
  EXPECT_EQ(states, in_result);
  EXPECT_EQ(in_result, 4 * result["cycles"]["total"].get<std::uint64_t>());
}

TEST(TimelineFile, IsNotThereAfterAnError) {
  const TemporaryFolder folder;
  const std::string file = (folder / "t.json").string();
  const ProgramResult result =
      run_program({"run", "--limit", "1", "--timeline", file, "--set", "unified_buffer_KiB=1"});
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "."));
}

TEST(TimelineFile, NeedsTheSystemCChip) {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"run", "--executor", "--timeline", "t.json"},
                                             {"run", "--layers", "resnet18", "--timeline", "t.json"},
                                             {"run", "--timeline-images", "2"},
                                             {"run", "--simulate"}}) {
    const ProgramResult result = run_program(arguments);
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
  }
}

}  // namespace
}  // namespace neartile
