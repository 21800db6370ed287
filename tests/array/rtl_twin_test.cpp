// Verilated RTL, the register model of the tests, and the waves of the kernel: equal bit by bit.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "array/rtl/build_twins.h"
#include "array/rtl/watched_model.h"
#include "neartile/array/array_kernel.h"
#include "neartile/array/control_activity.h"
#include "neartile/array/pe_waves.h"
#include "neartile/array/rtl.h"
#include "random_stimulus.h"
#include "support/tools.h"

namespace neartile::array {
namespace {

using testing_support::Observation;
using testing_support::WatchedArray;
using testing_support::WatchedModel;

/// The first cycles of a stimulus: all of them, or what passes before a reset breaks it off.
struct Case {
  ArrayStimulus stimulus;
  std::size_t cycles;
  bool is_cut;         ///< before it is over
  std::size_t resets;  ///< cycles of reset before
};

Observation expected(const WatchedArray& array, const Case& one) {
  WatchedModel model(array);
  std::uint32_t line = 0;
  for (const ArrayEdge& edge : edges_of(array.config, one.stimulus))
    if (line < one.cycles) model.step(edge, ++line);
  return model.finish();
}

bool is_tight(const ArrayConfig& config, const ArrayStimulus& stimulus) {
  return config.pe.weight_registers == 2 ||
         std::all_of(stimulus.tiles.begin(), stimulus.tiles.end(), [&](const TileStimulus& tile) {
           return tile.entries.front() == tile.load_start + config.rows - 1;
         });
}

traces::ToggleCounts totals_of(const WatchedArray& array, const ArrayStimulus& stimulus) {
  ArrayKernel kernel(array.config, array.type);
  ControlActivity control(array.config, array.type);
  traces::ToggleCounts counts;
  for (const TileStimulus& tile : stimulus.tiles) {
    std::vector<std::int32_t> sums(tile.m * tile.n);
    counts += kernel.run({tile.activations.data(), tile.m, tile.k}, {tile.weights.data(), tile.k, tile.n},
                         {sums.data(), tile.m, tile.n});
    counts += control.place(tile);
  }
  return counts;
}

traces::ToggleCounts totals_of(const WatchedArray& array, const std::vector<std::uint32_t>& toggles) {
  traces::ToggleCounts counts;
  std::size_t at = 0;
  while (at < toggles.size())
    for (const PeRegister& one : array.registers) {
      std::uint64_t* const total = one.net_class == NetClass::activation    ? &counts.activation
                                   : one.net_class == NetClass::product     ? &counts.product
                                   : one.net_class == NetClass::partial_sum ? &counts.partial_sum
                                   : one.net_class == NetClass::weight      ? &counts.weight
                                                                            : &counts.control;
      for (unsigned bit = 0; bit < one.width; ++bit) *total += toggles.at(at++);
    }
  return counts;
}

// Every third case is broken off by the reset of the next one.
Case random_case(std::mt19937& random, const RtlArray& array, std::size_t number) {
  Case one{testing_support::random_stimulus(random, array.config), 0, random() % 3 == 0, 1 + number % 2};
  one.cycles = edges_of(array.config, one.stimulus).size();
  if (one.is_cut) one.cycles = testing_support::random_between(random, 1, one.cycles);
  return one;
}

// The case's lines: more lines of reset where it wants them, some of them stalled.
std::string lines_of(const RtlArray& array, const Case& one) {
  const std::string text = stimulus_hex(array.config, one.stimulus);
  const std::size_t width = text.find('\n') + 1;
  std::string lines;
  for (std::size_t i = 0; i < one.resets; ++i) lines += (i % 2 ? "3" : "2") + text.substr(1, width - 1);
  return lines + text.substr(width, one.cycles * width);
}

/// Cases of a verilated bank, run at once; then read one by one.
class Verilated {
 public:
  Verilated(const std::vector<RtlArray>& bank, const std::filesystem::path& folder, std::size_t rounds,
            unsigned seed)
      : bank_(bank.begin(), bank.end()) {
    std::mt19937 random(seed);
    const ScratchFolder files;
    std::vector<std::string> words{folder / "twins", folder / "registers.txt", files.file("out")};
    for (std::size_t i = 0; i < bank_.size(); ++i) {
      std::string text;
      for (std::size_t n = 0; n < rounds; ++n) {
        cases_[i].push_back(random_case(random, bank_[i].array, n));
        text += lines_of(bank_[i].array, cases_[i].back());
      }
      words.push_back(files.write("stimulus" + std::to_string(i), text));
    }
    const ChildResult result = run_child(words, std::chrono::seconds(1000), folder);
    EXPECT_EQ(result.status, 0) << result.output;
    out_.open(files.file("out"), std::ios::binary);
  }

  /// Compares all cases with the models; true where all are equal.
  bool equals_models(std::size_t rounds) {
    for (std::size_t n = 0; n < rounds; ++n)
      for (std::size_t i = 0; i < bank_.size(); ++i)
        if (!equals_model(i, cases_[i][n])) {
          ADD_FAILURE() << "case " << n << " of array " << i << ", " << pe::name_of(bank_[i].config.pe);
          return false;
        }
    return out_.peek() == std::ifstream::traits_type::eof();
  }

 private:
  std::uint32_t word() {
    std::uint32_t value = 0;
    out_.read(reinterpret_cast<char*>(&value), sizeof value);
    return value;
  }

  bool equals_model(std::size_t i, const Case& one) {
    const Observation model = expected(bank_[i], one);
    Observation rtl{std::vector<std::array<std::uint32_t, 3>>(std::min<std::size_t>(word(), 1 << 20)), {}};
    for (auto& sum : rtl.sums)
      for (std::uint32_t& part : sum) part = word();
    for (std::size_t bit = 0; bit < model.toggles.size(); ++bit) rtl.toggles.push_back(word());
    EXPECT_TRUE(out_) << "the counts end early";
    EXPECT_EQ(rtl.sums, model.sums);
    EXPECT_EQ(rtl.toggles, model.toggles);
    return out_ && rtl.sums == model.sums && rtl.toggles == model.toggles &&
           equals_waves(i, one, rtl.toggles) &&
           (one.is_cut || !is_tight(bank_[i].config, one.stimulus) || equals_kernel(i, one, rtl.toggles));
  }

  // The waves of all PEs, bit by bit.
  bool equals_waves(std::size_t i, const Case& one, const std::vector<std::uint32_t>& toggles) {
    const WatchedArray& watched = bank_[i];
    const ArrayConfig& config = watched.config;
    const std::size_t bits = toggles.size() / (config.rows * config.columns);
    bool equal = true;
    for_each_pe(config, watched.type, one.stimulus, [&](std::size_t r, std::size_t c, const PeWaves& waves) {
      std::size_t at = bits * (r * config.columns + c);
      for (const PeRegister& net : watched.registers) {
        const auto activity = bit_activity(wave_of(waves, net), net.high() + 1, 0, one.cycles + 1);
        for (unsigned bit = net.low; bit <= net.high(); ++bit)
          equal &= activity[bit].toggles == toggles.at(at++);
        EXPECT_TRUE(equal) << net.name << " of PE(" << r << ", " << c << ")";
      }
    });
    return equal;
  }

  // The kernel's totals of the classes. Bubbles and stalls change none of them, but one: where a single
  // weight register's last weight comes before the first vector, row 0's products change twice.
  bool equals_kernel(std::size_t i, const Case& one, const std::vector<std::uint32_t>& toggles) {
    const auto kernel = totals_of(bank_[i], one.stimulus), rtl = totals_of(bank_[i], toggles);
    EXPECT_EQ(to_string(rtl), to_string(kernel));
    return rtl == kernel;
  }

  std::vector<WatchedArray> bank_;
  std::map<std::size_t, std::vector<Case>> cases_;
  std::ifstream out_;
};

TEST(RtlTwin, EqualsModelAndKernelInSumsCyclesAndTogglesOfEveryBit) {
  const std::filesystem::path folder = NEARTILE_RTL_TWINS;
  if (!std::filesystem::exists(folder / "twins")) {
    ASSERT_FALSE(neartile::testing_support::tools_are_required()) << "Verilator was not there to build";
    GTEST_SKIP() << "verilator is not installed";
  }
  constexpr std::size_t rounds = 25;
  Verilated twins(testing_support::usual_twins(), folder, rounds, 4);
  EXPECT_TRUE(twins.equals_models(rounds));
}

// Six banks of eight random arrays: with those above fifty-six geometries, 10,000 cases.
TEST(LongRtlTwin, EqualsModelAndKernelOverManyGeometries) {
  NEARTILE_NEEDS_TOOL("verilator", "--version");
  constexpr std::size_t banks = 6, arrays = 8, rounds = 209;
  for (std::size_t b = 0; b < banks; ++b) {
    std::vector<RtlArray> bank;
    for (std::size_t i = 0; i < arrays; ++i) bank.push_back(testing_support::random_twin(b * arrays + i));
    const ScratchFolder folder;
    const ChildResult built = testing_support::build_twins(
        bank, folder.path(),
        std::filesystem::path(NEARTILE_SOURCE_DIR) / "tests/array/rtl/verilated_bank.cpp");
    ASSERT_EQ(built.status, 0) << built.output;
    Verilated twins(bank, folder.path(), rounds, static_cast<unsigned>(b));
    ASSERT_TRUE(twins.equals_models(rounds)) << "bank " << b;
  }
}

}  // namespace
}  // namespace neartile::array
