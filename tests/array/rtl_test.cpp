#include "neartile/array/rtl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "neartile/array/pe_registers.h"
#include "neartile/pe/base/error.h"
#include "random_stimulus.h"
#include "support/error_of.h"
#include "support/tools.h"

namespace neartile::array {
namespace {

using testing::HasSubstr;
using testing::Not;

pe::PeConfig type(const char* multiplier, std::uint64_t bits = 32, std::uint64_t weight_registers = 2) {
  pe::PeConfig config;
  config.multiplier = multiplier;
  config.accumulator_bits = bits;
  config.weight_registers = weight_registers;
  return config;
}

RtlArray array_of(std::uint64_t rows, std::uint64_t columns, const pe::PeConfig& config) {
  return {{rows, columns, config}, as_circuit(pe::make_multiplier(config.multiplier, config.format))};
}

// Every form that emission knows: both formats, native and wrapped, one and two weight registers, sums that
// wrap and saturate, narrow products, none at all, f(a, 0) other than 0, clocks gated or not.
std::vector<RtlArray> varied_bank() {
  std::vector<RtlArray> bank{array_of(4, 5, type("exact")),
                             array_of(2, 3, type("truncated(6)", 24, 1)),
                             array_of(1, 1, type("drum(4)", 16)),
                             array_of(1, 5, type("truncated(4)", 18, 1)),
                             array_of(3, 2, type("truncated(15)", 16)),
                             array_of(5, 1, type("truncated(8,100)")),
                             array_of(4, 5, type("exact")),
                             array_of(2, 2, type("exact"))};
  bank[2].config.pe.overflow = pe::Overflow::saturate;
  bank[3].config.pe.clock_gating = false;
  bank[5].config.pe.overflow = pe::Overflow::saturate;
  bank[5].config.pe.clock_gating = false;
  pe::PeConfig native = type("booth(4).s8s8.native", 20);
  native.format = pe::Format::s8s8;
  bank.push_back(array_of(2, 2, native));
  RtlArray core = array_of(3, 3, type("exact", 24, 1));
  core.multiplier = pe::make_circuit("exact.u8u8");
  bank.push_back(core);
  core.config.pe = type("exact", 16, 2);
  core.config.pe.overflow = pe::Overflow::saturate;
  bank.push_back(core);
  return bank;
}

RtlBench bench_of(const RtlArray& array, std::size_t index) {
  std::mt19937 random(7);
  return {index, testing_support::random_stimulus(random, array.config), 940, "random operands"};
}

std::string text_of(const RtlFiles& files, const std::string& name) {
  const auto found = files.find(name);
  return found == files.end() ? "no " + name : found->second;
}

TEST(Rtl, IsOneModuleAFileNamedAfterIt) {
  for (const auto& [name, text] : rtl_files(varied_bank())) {
    const std::regex module(R"(^module (\w+)\b)", std::regex::multiline);
    std::vector<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), module), end; it != end; ++it)
      found.push_back((*it)[1].str() + ".sv");
    EXPECT_EQ(found, std::vector<std::string>{name});
  }
}

TEST(Rtl, IsTheSameEveryTime) {
  const auto bank = varied_bank();
  EXPECT_EQ(rtl_files(bank), rtl_files(bank));
  EXPECT_EQ(rtl_bench_files(bank, bench_of(bank[1], 1)), rtl_bench_files(bank, bench_of(bank[1], 1)));
}

TEST(Rtl, SharesModulesOfEqualTypesAndNoOthers) {
  const auto bank = varied_bank();
  const auto modules = rtl_modules(bank);
  EXPECT_EQ(modules[0].array, modules[6].array);
  EXPECT_EQ(modules[0].pe, modules[7].pe);
  EXPECT_NE(modules[0].row, modules[7].row);
  EXPECT_NE(modules[0].pe, modules[9].pe) << "u8u8 and u8s8 are both called exact";
  std::set<std::string> arrays;
  for (const RtlModules& one : modules) arrays.insert(one.array);
  EXPECT_EQ(arrays.size(), bank.size() - 1);
}

TEST(Rtl, NamesInstancesAsActivityDoes) {
  const RtlFiles files = rtl_files(varied_bank());
  const std::string bank = text_of(files, "bank.sv"), array = text_of(files, "array_exact_4x5.sv"),
                    row = text_of(files, "row_exact_5.sv"), pe = text_of(files, "pe_exact.sv");
  for (std::size_t i = 0; i < varied_bank().size(); ++i)
    EXPECT_THAT(bank, HasSubstr(" " + array_scope(i) + " ("));
  for (std::size_t r = 0; r < 4; ++r) EXPECT_THAT(array, HasSubstr(" row_" + std::to_string(r) + " ("));
  for (std::size_t c = 0; c < 5; ++c) EXPECT_THAT(row, HasSubstr(" pe_" + std::to_string(c) + " ("));
  EXPECT_THAT(pe, HasSubstr(" control ("));
  EXPECT_THAT(pe, HasSubstr(" multiplier ("));
}

TEST(Rtl, WidthsFollowTheMultiplier) {
  const RtlFiles files = rtl_files(varied_bank());
  const std::string narrow = text_of(files, "pe_truncated_6_acc24_1w.sv");
  EXPECT_THAT(narrow, HasSubstr("logic [15:6] f;"));
  EXPECT_THAT(narrow, HasSubstr("output logic [23:6] p"));
  EXPECT_THAT(narrow, Not(HasSubstr("w1")));
  EXPECT_THAT(text_of(files, "pe_exact.sv"), HasSubstr("output logic [31:0] p"));
}

TEST(Rtl, RowsBelowATileAreMaskedOnlyWhereAProductOfWeightZeroIsNotZero) {
  const RtlFiles files = rtl_files(varied_bank());
  EXPECT_THAT(text_of(files, "pe_truncated_8_100_saturate_nogate.sv"), HasSubstr("{e}"));
  EXPECT_THAT(text_of(files, "pe_exact.sv"), Not(HasSubstr("{e}")));
}

TEST(Rtl, ClockGatesAreThereWhereTheTypeSaysSo) {
  const std::vector<RtlArray> bank = varied_bank();
  EXPECT_THAT(text_of(rtl_files(bank), "pe_truncated_4_acc18_1w_nogate.sv"), Not(HasSubstr("clock_gate")));
  const RtlFiles ungated = rtl_files(std::span(bank).subspan(3, 1));
  EXPECT_EQ(ungated.count("clock_gate.sv"), 0u);
}

TEST(Rtl, RefusesMultipliersWithoutGates) {
  std::vector<RtlArray> bank{array_of(1, 1, type("exact"))};
  bank[0].multiplier.netlist = nullptr;
  bank[0].multiplier.name = "table";
  EXPECT_EQ(neartile::testing_support::error_of([&] { rtl_files(bank); }),
            "multiplier \"table\": is a table without gates, expected one with a netlist");
}

TEST(RtlStimulus, IsALineACycleInHexFields) {
  const RtlArray array = array_of(1, 2, type("exact", 24, 1));
  const ArrayStimulus stimulus{{{2, 1, 2, {0x0a, 0xff}, {3, -1}, 0, {0, 2}}}, {1}};
  // Reset; load and first vector; a stall; the second column's weight; the second vector; the rest.
  EXPECT_EQ(stimulus_hex(array.config, stimulus),
            "3_0000_00_0_0_0\n"
            "1_0003_0a_1_1_1\n"
            "0_ff00_00_0_0_0\n"
            "1_ff00_00_0_0_0\n"
            "1_0000_ff_1_1_0\n"
            "1_0000_00_0_0_0\n"
            "1_0000_00_0_0_0\n");
  EXPECT_EQ(expected_hex(array, stimulus),
            "00000003_0000_0000001e\n"
            "00000004_0001_00fffff6\n"
            "00000005_0000_000002fd\n"
            "00000006_0001_00ffff01\n");
}

// The files of a bank with a test bench, and what a tool says of them.
class RtlTools : public testing::Test {
 protected:
  void SetUp() override {
    bank_ = varied_bank();
    files_ = rtl_files(bank_);
    for (const auto& [name, text] : files_) design_.push_back(name);
    for (const RtlFiles& more :
         {rtl_bench_files(bank_, bench_of(bank_[1], 1)), rtl_guide_files(bank_, bench_of(bank_[1], 1))})
      files_.insert(more.begin(), more.end());
    for (const auto& [name, text] : files_) folder_.write(name, text);
  }

  ChildResult run(std::vector<std::string> words, bool with_bench) const {
    words.insert(words.end(), design_.begin(), design_.end());
    if (with_bench) words.push_back("testbench.sv");
    return run_child(words, std::chrono::seconds(120), folder_.path());
  }

  std::vector<RtlArray> bank_;
  RtlFiles files_;
  std::vector<std::string> design_;
  ScratchFolder folder_;
};

TEST_F(RtlTools, VerilatorHasNothingToSay) {
  NEARTILE_NEEDS_TOOL("verilator", "--version");
  for (const bool with_bench : {false, true}) {
    const ChildResult result = run({"verilator", "--lint-only", "-Wall", "--timing", "--timescale", "1ps/1ps",
                                    "--top-module", with_bench ? "testbench" : "bank"},
                                   with_bench);
    EXPECT_EQ(result.status, 0) << result.output;
    EXPECT_EQ(result.output, "");
  }
}

TEST_F(RtlTools, IcarusRunsTheTestBenchWhichPasses) {
  NEARTILE_NEEDS_TOOL("iverilog", "-V");
  const ChildResult compiled =
      run({"iverilog", "-g2012", "-Wall", "-Wno-timescale", "-s", "testbench", "-o", "bench.vvp"}, true);
  EXPECT_EQ(compiled.status, 0) << compiled.output;
  EXPECT_EQ(compiled.output, "");
  const ChildResult ran = run_child({"vvp", "-n", "bench.vvp"}, std::chrono::seconds(60), folder_.path());
  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_THAT(ran.output, testing::MatchesRegex("PASS: [0-9]+ sums in [0-9]+ cycles\n"));
}

TEST_F(RtlTools, TheTestBenchFailsWhereASumOrACycleIsWrong) {
  NEARTILE_NEEDS_TOOL("iverilog", "-V");
  ASSERT_EQ(run({"iverilog", "-g2012", "-s", "testbench", "-o", "bench.vvp"}, true).status, 0);
  const std::string right = files_.at("expected.hex");
  std::string wrong_sum = right, wrong_line = right;
  const auto end = right.find('\n');
  wrong_sum[end - 1] = right[end - 1] == '0' ? '1' : '0';
  wrong_line[7] = right[7] == '0' ? '1' : '0';
  const std::string short_by_one = right.substr(0, right.rfind('\n', right.size() - 2) + 1);
  for (const std::string& text : {wrong_sum, wrong_line, short_by_one}) {
    folder_.write("expected.hex", text);
    const ChildResult ran = run_child({"vvp", "-n", "bench.vvp"}, std::chrono::seconds(60), folder_.path());
    EXPECT_NE(ran.status, 0);
    EXPECT_THAT(ran.output, HasSubstr("FAIL: 1 of "));
  }
}

TEST_F(RtlTools, YosysReadsAndElaboratesTheBank) {
  NEARTILE_NEEDS_TOOL("yosys", "-V");
  std::string script;
  for (const std::string& name : design_) script += "read_verilog -sv " + name + "; ";
  const ChildResult result =
      run_child({"yosys", "-q", "-p", script + "hierarchy -check -top bank; proc; check -assert"},
                std::chrono::seconds(120), folder_.path());
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_EQ(result.output, "");
}

// The sh blocks of the README that goes with the RTL.
std::vector<std::string> shell_blocks(const std::string& readme) {
  const std::string begin = "```sh\n", end = "```\n";
  std::vector<std::string> blocks;
  for (auto at = readme.find(begin); at != std::string::npos; at = readme.find(begin, at)) {
    at += begin.size();
    blocks.push_back(readme.substr(at, readme.find(end, at) - at));
  }
  return blocks;
}

std::vector<std::string> blocks_with(const std::string& readme, const std::string& tool) {
  std::vector<std::string> blocks = shell_blocks(readme);
  std::erase_if(blocks, [&](const std::string& block) { return block.find(tool) == std::string::npos; });
  EXPECT_EQ(blocks.size(), 1u) << tool;
  return blocks;
}

TEST_F(RtlTools, TheReadmesCommandsForIcarusAndYosysWork) {
  NEARTILE_NEEDS_TOOL("iverilog", "-V");
  NEARTILE_NEEDS_TOOL("yosys", "-V");
  for (const char* tool : {"iverilog", "yosys"})
    for (const std::string& block : blocks_with(files_.at("README.md"), tool)) {
      const ChildResult ran = run_child({"sh", "-ec", block}, std::chrono::seconds(300), folder_.path());
      EXPECT_EQ(ran.status, 0) << block << ran.output;
    }
  for (const char* made : {"waves.vcd", "area.txt", "mapped.v"})
    EXPECT_TRUE(std::filesystem::exists(folder_.file(made))) << made;
}

class LongRtlTools : public RtlTools {};

TEST_F(LongRtlTools, TheReadmesCommandsForVerilatorWork) {
  NEARTILE_NEEDS_TOOL("verilator", "--version");
  for (const std::string& block : blocks_with(files_.at("README.md"), "verilator")) {
    const ChildResult ran = run_child({"sh", "-ec", block}, std::chrono::seconds(900), folder_.path());
    EXPECT_EQ(ran.status, 0) << block << ran.output;
    EXPECT_THAT(ran.output, HasSubstr("PASS: "));
  }
}

}  // namespace
}  // namespace neartile::array
