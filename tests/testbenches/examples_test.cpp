#include <gmock/gmock.h>

#include <bit>
#include <map>

#include "neartile/array/pe_waves.h"
#include "testbenches/workload_files.h"

namespace neartile {
namespace {

TEST(Examples, AnEmbeddedChipRunsAWorkload) {
  const TemporaryFolder folder;
  write_workload(folder, 3);
  const ProgramResult result =
      run_file(NEARTILE_EXAMPLES "/embed_chip", {(folder / "workload.json").string()});
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.output, testing::HasSubstr("3 images, "));
}

/// Toggles of each variable of a VCD file, all its bits together, by its path from the PE on.
std::map<std::string, std::uint64_t> vcd_toggles(const std::string& vcd) {
  std::map<std::string, std::string> names;
  std::map<std::string, std::uint64_t> values, toggles;
  std::istringstream words(vcd);
  std::string scope, word;
  const auto set = [&](const std::string& id, std::uint64_t value) {
    if (values.count(id)) toggles[names[id]] += static_cast<std::uint64_t>(std::popcount(values[id] ^ value));
    values[id] = value;
  };
  while (words >> word) {
    std::string kind, width, id;
    if (word == "$scope") {
      words >> kind >> word;
      scope = word == "control" ? "control/" : "";
    } else if (word == "$var") {
      words >> kind >> width >> id >> word;
      names[id] = scope + word;
    } else if (word[0] == 'b' && word.find_first_not_of("01", 1) == std::string::npos) {
      words >> id;
      set(id, std::stoull(word.substr(1), nullptr, 2));
    } else if ((word[0] == '0' || word[0] == '1') && word.size() == 6) {
      set(word.substr(1), static_cast<std::uint64_t>(word[0] - '0'));
    }
  }
  return toggles;
}

// The tile of the example: weight 16 r + c + 1, element 7 i + 3 r of the vector in its cycle i.
TEST(Examples, TheWatchedPeTogglesAsTheKernelSays) {
  const TemporaryFolder folder;
  const ProgramResult result = run_file(NEARTILE_EXAMPLES "/watch_pe", {(folder / "pe").string()});
  ASSERT_EQ(result.status, 0) << result.errors;
  const auto toggles = vcd_toggles(text_of(folder / "pe.vcd"));

  array::ArrayConfig config{4, 4, {}};
  config.pe.multiplier = "truncated(6)";
  const pe::PeType type(config.pe);
  array::TileStimulus tile;
  tile.m = 9;
  tile.k = tile.n = 4;
  for (std::size_t r = 0; r < 4; ++r)
    for (std::size_t c = 0; c < 4; ++c) tile.weights.push_back(static_cast<std::int8_t>(16 * r + c + 1));
  for (std::size_t i = 3; i < 12; ++i) {
    tile.entries.push_back(i);
    for (std::size_t r = 0; r < 4; ++r) tile.activations.push_back(static_cast<std::uint8_t>(7 * i + 3 * r));
  }
  const auto waves = pe_waves(config, type, {{tile}, {}}, 2, 1);
  const auto activity = pe_activity(type, waves, 0, 100);
  for (const array::RegisterActivity& entry : activity) {
    std::uint64_t expected = 0;
    for (const auto& bit : entry.bits) expected += bit.toggles;
    const auto found = toggles.find(entry.net.path());
    EXPECT_EQ(found == toggles.end() ? 0 : found->second, expected) << entry.net.path();
  }
  EXPECT_GT(toggles.at("p"), 10u);
}

}  // namespace
}  // namespace neartile
