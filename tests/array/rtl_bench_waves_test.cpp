// The test bench that users get, run by a simulator; what an independent script reads in its waves.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "array/rtl/watched_model.h"
#include "neartile/array/control_activity.h"
#include "neartile/array/pe_waves.h"
#include "neartile/array/rtl.h"
#include "random_stimulus.h"
#include "support/tools.h"

namespace neartile::array {
namespace {

using testing_support::twin;
using testing_support::WatchedArray;

struct BitInVcd {
  std::uint64_t toggles = 0, rises = 0, time_at_0 = 0, time_at_1 = 0;
};
using Bits = std::map<std::pair<std::string, unsigned>, BitInVcd>;

constexpr std::uint64_t half_period_ps = 500;  // of the test bench's 1000 MHz

/// Gated clocks and two weight registers; none and one, with sums that saturate.
std::vector<RtlArray> small_bank() {
  using pe::Format;
  using pe::Overflow;
  return {twin(3, 4, {Format::u8s8, "truncated(6)", 24, Overflow::wrap, 2, true}),
          twin(4, 3, {Format::s8s8, "drum(3)", 17, Overflow::saturate, 1, false})};
}

/// A test bench in a folder of its own.
class Bench {
 public:
  Bench(const std::vector<RtlArray>& bank, std::size_t index, ArrayStimulus stimulus)
      : watched_(bank[index]), index_(index), stimulus_(std::move(stimulus)) {
    cycles_ = edges_of(watched_.config, stimulus_).size();
    for (const RtlFiles& files :
         {rtl_files(bank), rtl_bench_files(bank, {index, stimulus_, 1000, "random operands"})})
      for (const auto& [name, text] : files) {
        folder_.write(name, text);
        if (name.ends_with(".sv")) sources_.push_back(name);
      }
  }

  /// Builds with `words` and the sources, then runs with `+vcd=waves.vcd`; the test bench must pass.
  void simulate(std::vector<std::string> words, std::vector<std::string> run) {
    words.insert(words.end(), sources_.begin(), sources_.end());
    const ChildResult built = run_child(words, std::chrono::seconds(900), folder_.path());
    ASSERT_EQ(built.status, 0) << built.output;
    run.push_back("+vcd=waves.vcd");
    const ChildResult ran = run_child(run, std::chrono::seconds(200), folder_.path());
    ASSERT_EQ(ran.status, 0) << ran.output;
    ASSERT_NE(ran.output.find("PASS: "), std::string::npos) << ran.output;
  }

  /// From the edge of reset to one period behind the last edge.
  void read_waves() {
    const ChildResult result = run_child(
        {"sh", "-c",
         fmt::format("python3 -B {}/tests/array/rtl/vcd_toggles.py waves.vcd bank {} {} > toggles.txt",
                     NEARTILE_SOURCE_DIR, half_period_ps, (2 * cycles_ + 3) * half_period_ps)},
        std::chrono::seconds(600), folder_.path());
    ASSERT_EQ(result.status, 0) << result.output;
    std::ifstream file(folder_.file("toggles.txt"));
    std::string name;
    unsigned bit = 0;
    for (BitInVcd one; file >> name >> bit >> one.toggles >> one.rises >> one.time_at_0 >> one.time_at_1;)
      bits_[{name, bit}] = one;
  }

  /// Toggles, cycles at 0 and cycles at 1 of every bit of every PE.
  void compare_activity() const {
    std::uint64_t toggles = 0;
    for_each_pe(watched_.config, watched_.type, stimulus_,
                [&](std::size_t r, std::size_t c, const PeWaves& waves) {
                  for (const RegisterActivity& one : pe_activity(watched_.type, waves, 0, cycles_ + 1))
                    for (unsigned i = 0; i < one.bits.size(); ++i) {
                      const std::string name = scope(r, c) + one.net.path();
                      const BitInVcd seen = at(name, one.net.low + i);
                      const traces::BitActivity in_cycles{seen.toggles, seen.time_at_0 / (2 * half_period_ps),
                                                          seen.time_at_1 / (2 * half_period_ps)};
                      ASSERT_EQ(in_cycles, one.bits[i]) << name << " " << one.net.low + i;
                      toggles += seen.toggles;
                    }
                });
    EXPECT_GT(toggles, 100u);
  }

  /// Rising edges at the clock pins of all flip-flops.
  void compare_clocks() const {
    ControlActivity activity(watched_.config, watched_.type);
    for (const TileStimulus& tile : stimulus_.tiles) activity.place(tile);
    const std::uint64_t moving = settled_time(watched_.config, stimulus_);
    traces::ClockCounts seen;
    for (std::size_t r = 0; r < watched_.config.rows; ++r)
      for (std::size_t c = 0; c < watched_.config.columns; ++c)
        for (const PeRegister& one : watched_.registers)
          if (one.is_register()) *class_of(seen, one) += one.width * rises(scope(r, c), one);
    EXPECT_EQ(seen, activity.clock_edges(cycles_, cycles_ - moving));
  }

 private:
  std::string scope(std::size_t r, std::size_t c) const {
    return "bank/" + array_scope(index_) + "/" + pe_scope(r, c) + "/";
  }
  BitInVcd at(const std::string& name, unsigned bit) const {
    const auto found = bits_.find({name, bit});
    EXPECT_NE(found, bits_.end()) << "no " << name << " " << bit;
    return found == bits_.end() ? BitInVcd{} : found->second;
  }
  std::uint64_t rises(const std::string& pe, const PeRegister& one) const {
    if (one.net_class == NetClass::control) return at(pe + "control/clk", 0).rises;
    return at(pe + (watched_.config.pe.clock_gating ? std::string(one.clock) : "clk"), 0).rises;
  }
  static std::uint64_t* class_of(traces::ClockCounts& counts, const PeRegister& one) {
    return one.net_class == NetClass::activation    ? &counts.activation
           : one.net_class == NetClass::weight      ? &counts.weight
           : one.net_class == NetClass::partial_sum ? &counts.partial_sum
                                                    : &counts.control;
  }

  WatchedArray watched_;
  std::size_t index_;
  ArrayStimulus stimulus_;
  std::size_t cycles_ = 0;
  ScratchFolder folder_;
  std::vector<std::string> sources_;
  Bits bits_;
};

/// Draws until there are stalls and more than one tile.
ArrayStimulus rich_stimulus(std::mt19937& random, const ArrayConfig& config) {
  while (true) {
    ArrayStimulus drawn = testing_support::random_stimulus(random, config);
    if (drawn.tiles.size() > 2 && !drawn.stalls.empty()) return drawn;
  }
}

void compare(Bench& bench) {
  bench.read_waves();
  if (testing::Test::HasFatalFailure()) return;
  bench.compare_activity();
  bench.compare_clocks();
}

TEST(RtlBenchWaves, OfIcarusHaveOurActivityOfEveryBitAndOurClockEdges) {
  NEARTILE_NEEDS_TOOL("iverilog", "-V");
  std::mt19937 random(31);
  const auto bank = small_bank();
  for (std::size_t i = 0; i < bank.size(); ++i) {
    Bench bench(bank, i, rich_stimulus(random, bank[i].config));
    bench.simulate({"iverilog", "-g2012", "-s", "testbench", "-o", "testbench.vvp"},
                   {"vvp", "-n", "testbench.vvp"});
    if (!HasFatalFailure()) compare(bench);
  }
}

// With the words of the README that goes with the RTL.
TEST(LongRtlBenchWaves, OfVerilatorHaveOurActivityOfEveryBitAndOurClockEdges) {
  NEARTILE_NEEDS_TOOL("verilator", "--version");
  std::mt19937 random(32);
  const std::vector<RtlArray> bank{
      small_bank()[0], small_bank()[1],
      twin(8, 8, {pe::Format::u8s8, "truncated(4)", 24, pe::Overflow::wrap, 2, true})};
  for (const std::size_t i : {1, 2}) {
    Bench bench(bank, i, rich_stimulus(random, bank[i].config));
    bench.simulate({"verilator", "--binary", "--trace", "--timescale", "1ps/1ps", "-MAKEFLAGS",
                    "OPT_FAST=-O0", "--top-module", "testbench"},
                   {"./obj_dir/Vtestbench"});
    if (!HasFatalFailure()) compare(bench);
  }
}

}  // namespace
}  // namespace neartile::array
