// Area of the emitted RTL, as Yosys maps it with synth.tcl to the cells of the default technology.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "neartile/array/rtl.h"
#include "support/tools.h"

namespace neartile::array {
namespace {

constexpr double flip_flop_um2 = 0.2916;  // DFFHQNx1

/// A PE of the unsigned core, as gate-level references have it, in an array of `side` x `side`.
RtlArray core_array(const std::string& multiplier, std::uint64_t weight_registers, std::uint64_t side) {
  ArrayConfig config{side, side, {}};
  config.pe.multiplier = multiplier;
  config.pe.accumulator_bits = 24;
  config.pe.weight_registers = weight_registers;
  return {config, pe::make_circuit(multiplier + ".u8u8")};
}

/// Areas in um2 of a PE's parts.
struct PeArea {
  double multiplier = 0;
  double registers_and_adder = 0;
  double control = 0;

  double without_control() const { return multiplier + registers_and_adder; }
  double all() const { return without_control() + control; }
};

/// What `yosys -c synth.tcl` finds, data registers without reset as those of the reference.
class Synthesis {
 public:
  explicit Synthesis(const std::vector<RtlArray>& bank) : modules_(rtl_modules(bank)) {
    const ArrayStimulus idle;
    for (const RtlFiles& files : {rtl_files(bank), rtl_guide_files(bank, {0, idle, 1000, "nothing"})})
      for (const auto& [name, text] : files) folder_.write(name, text);
  }

  /// False where Yosys failed.
  bool run(const std::string& setting) {
    const ChildResult result = run_child({"env", setting, "yosys", "-q", "-c", "synth.tcl"},
                                         std::chrono::seconds(300), folder_.path());
    EXPECT_EQ(result.status, 0) << result.output;
    std::ifstream file(folder_.file("area.txt"));
    std::ostringstream text;
    text << file.rdbuf();
    const std::string report = text.str();
    const std::regex line(R"(Chip area for (?:top )?module '\\(\w+)': ([0-9.]+))");
    areas_.clear();
    for (std::sregex_iterator at(report.begin(), report.end(), line), end; at != end; ++at)
      areas_[(*at)[1]] = std::stod((*at)[2]);
    return result.status == 0;
  }

  PeArea pe(std::size_t array) const {
    const RtlModules& names = modules_[array];
    return {areas_.at(names.multiplier), areas_.at(names.pe), areas_.at(names.control)};
  }
  double bank() const { return areas_.at("bank"); }

 private:
  std::vector<RtlModules> modules_;
  ScratchFolder folder_;
  std::map<std::string, double> areas_;
};

std::string row(const std::string& name, const PeArea& area) {
  return fmt::format("| {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} |\n", name, area.multiplier,
                     area.registers_and_adder, area.control, area.all());
}

// The published PE: 8 bits of weight and of activation, adder and partial sum of 24 bits; no control bits.
TEST(RtlArea, OfA16x16ArrayIsThatOfThePublishedPe) {
  NEARTILE_NEEDS_TOOL("yosys", "-V");
  Synthesis synthesis({core_array("exact", 1, 16)});
  ASSERT_TRUE(synthesis.run("RESET_DATA=0"));
  const PeArea pe = synthesis.pe(0);
  EXPECT_NEAR(pe.without_control(), 56.0, 0.02 * 56.0);
  EXPECT_GT(pe.control, 3 * flip_flop_um2);
  EXPECT_NEAR(synthesis.bank(), 256 * pe.all(), 1.0);
  ASSERT_TRUE(synthesis.run("RESET_DATA=1"));
  EXPECT_GT(synthesis.pe(0).registers_and_adder, pe.registers_and_adder + 40 * 0.04374)
      << "a reset takes more than the smallest gate for each of 40 registers";
}

// What the second weight register costs, and what bits save that are not built in adder and registers.
TEST(RtlArea, IsWhatThePageSaysOfWeightRegistersAndNarrowProducts) {
  NEARTILE_NEEDS_TOOL("yosys", "-V");
  Synthesis synthesis({core_array("exact", 1, 1), core_array("exact", 2, 1), core_array("truncated(4)", 1, 1),
                       core_array("truncated(6)", 1, 1), core_array("truncated(8)", 1, 1)});
  ASSERT_TRUE(synthesis.run("RESET_DATA=0"));
  const double one = synthesis.pe(0).registers_and_adder, two = synthesis.pe(1).registers_and_adder;
  EXPECT_GT(two - one, 8 * flip_flop_um2);
  EXPECT_LT(two - one, 12.0);
  double narrower = one;
  for (const std::size_t i : {2, 3, 4}) {
    const double now = synthesis.pe(i).registers_and_adder;
    const double bits = i == 2 ? 4 : 2;
    EXPECT_LT(now, narrower - bits * flip_flop_um2) << i;
    narrower = now;
  }
  const std::string table = row("exact", synthesis.pe(0)) +
                            row("exact, two weight registers", synthesis.pe(1)) +
                            row("truncated(4)", synthesis.pe(2)) + row("truncated(6)", synthesis.pe(3)) +
                            row("truncated(8)", synthesis.pe(4));
  std::ifstream page(NEARTILE_SOURCE_DIR "/docs/reference/rtl.md");
  std::ostringstream text;
  text << page.rdbuf();
  EXPECT_THAT(text.str(), testing::HasSubstr(table));
}

}  // namespace
}  // namespace neartile::array
