#include "neartile/router/chip_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "router/small_chip.h"
#include "support/error_of.h"

namespace neartile::router {
namespace {

using testing::HasSubstr;

ChipConfig read(const std::string& text) {
  ChipConfig chip;
  read_config(text, "chip.json", [&](ConfigVisitor& visitor) { describe(visitor, chip); });
  complete(chip, "chip.json");
  return chip;
}

std::string error_of(const std::string& text) {
  return testing_support::error_of([&] { read(text); });
}

TEST(ChipConfig, ReadsGroupsWithTheirArraysInline) {
  const ChipConfig chip = read(R"J({"arrays": [
      {"count": 4, "rows": 128, "columns": 64,
       "pe": {"format": "u8s8", "multiplier": "truncated(6)", "accumulator_bits": 24}},
      {"name": "spare", "rows": 8, "columns": 8}]})J");
  ASSERT_EQ(chip.arrays.size(), 2u);
  EXPECT_EQ(chip.arrays[0].count, 4u);
  EXPECT_EQ(chip.arrays[0].array.rows, 128u);
  EXPECT_EQ(chip.arrays[0].array.columns, 64u);
  EXPECT_EQ(chip.arrays[0].array.pe.accumulator_bits, 24u);
  EXPECT_EQ(chip.arrays[0].name, "truncated(6):acc24");
  EXPECT_EQ(chip.arrays[1].name, "spare");
  EXPECT_EQ(chip.arrays[1].array.pe.multiplier, "exact");
}

TEST(ChipConfig, ReadsItsNestedParts) {
  const ChipConfig chip = read(R"J({"memory": {"bandwidth_GBps": 450}, "dma": {"engines": 3},
                                   "vector_unit": {"lanes": 32}, "clock_MHz": 700})J");
  EXPECT_EQ(chip.memory.bandwidth_GBps, 450);
  EXPECT_EQ(chip.dma.engines, 3u);
  EXPECT_EQ(chip.vector_unit.lanes, 32u);
  EXPECT_EQ(chip.clock_MHz, 700);
}

TEST(ChipConfig, NamesUnnamedGroupsOfOneTypeByNumber) {
  const ChipConfig chip = read(R"J({"arrays": [{}, {"pe": {"multiplier": "drum(4)"}}, {"rows": 64}]})J");
  EXPECT_EQ(chip.arrays[0].name, "exact#1");
  EXPECT_EQ(chip.arrays[1].name, "drum(4)");
  EXPECT_EQ(chip.arrays[2].name, "exact#2");
}

TEST(ChipConfig, SpellsMultipliersInOneWay) {
  EXPECT_EQ(read(R"J({"arrays": [{"pe": {"multiplier": " drum( 4 ) "}}]})J").arrays[0].name, "drum(4)");
}

TEST(ChipConfig, SurvivesWritingAndReading) {
  ChipConfig chip = read(R"J({"arrays": [{"count": 2}, {"pe": {"multiplier": "drum(5)"}}]})J");
  const auto text = to_json_text([&](ConfigVisitor& visitor) { describe(visitor, chip); });
  ChipConfig again = read(text);
  EXPECT_EQ(to_json_text([&](ConfigVisitor& visitor) { describe(visitor, again); }), text);
  EXPECT_EQ(again.arrays[1].name, "drum(5)");
}

TEST(ChipConfig, ErrorsNamePlaceAndWhatWasExpected) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {R"J({"arrays": []})J", "chip.json: /arrays: has 0 groups, expected 1 to 64"},
      {R"J({"arrays": [{}, {"pe": {"multiplier": "drumm(4)"}}]})J",
       "chip.json: /arrays/1/pe/multiplier: multiplier \"drumm(4)\": no such family, expected one of exact"},
      {R"J({"arrays": [{"pe": {"multiplier": "truncated(99)"}}]})J",
       "chip.json: /arrays/0/pe/multiplier: multiplier \"truncated(99)\":"},
      {R"J({"arrays": [{"name": "a"}, {"name": "a"}]})J",
       "chip.json: /arrays/1/name: \"a\" is the name of /arrays/0, too, expected distinct names"},
      {R"J({"weight_buffer_KiB": 15})J",
       "chip.json: /weight_buffer_KiB: is 15, expected at least 16 for a tile of 128 x 128 weights"},
      {R"J({"arrays": [{"count": 1024}, {"count": 1}]})J", "is 1025 arrays in all, expected at most 1024"},
      {R"J({"arrays": [{"count": 8}], "weight_buffer_KiB": 1048576})J",
       "chip.json: unified buffer, weight buffers and accumulators are 8241 MiB in all, expected at most "
       "4096"},
      {R"J({"arrays": [{"multiplier": "exact"}]})J",
       "chip.json: /arrays/0: unknown key \"multiplier\", expected one of name, count, rows, columns, pe"},
  };
  for (const auto& [text, line] : cases) EXPECT_THAT(error_of(text), HasSubstr(line));
}

TEST(ChipConfig, NumbersArraysGroupByGroup) {
  ChipConfig chip = small_chip({"exact", "drum(4)", "truncated(6)"});
  chip.arrays[0].count = 2;
  chip.arrays[1].count = 3;
  EXPECT_EQ(first_array(chip, 0), 0u);
  EXPECT_EQ(first_array(chip, 1), 2u);
  EXPECT_EQ(first_array(chip, 2), 5u);
  EXPECT_EQ(array_count(chip), 6u);
}

TEST(FindGroup, TakesNamesOfGroupsAndOfTypesThatOneGroupHas) {
  ChipConfig chip = small_chip({"exact", "drum(4)", "drum(4)"});
  chip.arrays[0].name = "safe";
  EXPECT_EQ(find_group(chip, "safe", "r"), 0u);
  EXPECT_EQ(find_group(chip, "exact", "r"), 0u);
  EXPECT_EQ(find_group(chip, "drum(4)#2", "r"), 2u);
  const auto error_line = [&](const std::string& name) {
    return testing_support::error_of([&] { find_group(chip, name, "routing.json"); });
  };
  EXPECT_EQ(error_line("drum(4)"),
            "routing.json: \"drum(4)\" is the PE type of several groups, expected one of safe, drum(4)#1, "
            "drum(4)#2");
  EXPECT_EQ(error_line("drum(5)"),
            "routing.json: \"drum(5)\" is no group or PE type of the chip, expected one of safe, drum(4)#1, "
            "drum(4)#2");
}

TEST(ChipDocumentation, HoldsTheTableThatTheProgramPrints) {
  ChipConfig chip;
  const std::string table = help_text([&](ConfigVisitor& visitor) { describe(visitor, chip); });
  EXPECT_THAT(read_text_file(NEARTILE_SOURCE_DIR "/docs/reference/chip.md"),
              HasSubstr("```\n" + table + "```\n"));
}

TEST(ChipFiles, OfTheTestbenchesAreComplete) {
  const std::filesystem::path folder = NEARTILE_SOURCE_DIR "/testbenches/configs";
  for (const auto& [name, groups] : std::vector<std::pair<std::string, std::size_t>>{
           {"tpuv3-int8", 1}, {"tpuv3-int8-hbm2", 1}, {"bank4", 4}, {"default", 4}}) {
    const ChipConfig chip = read(read_text_file(folder / (name + ".json")));
    EXPECT_EQ(chip.name, name);
    EXPECT_EQ(chip.arrays.size(), groups);
    EXPECT_EQ(array_count(chip), 4u);
  }
}

}  // namespace
}  // namespace neartile::router
