// Verilated RTL, the register model of the tests, and the waves of the kernel: equal bit by bit.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "array/rtl/build_twins.h"
#include "neartile/array/pe_waves.h"
#include "neartile/array/rtl.h"
#include "random_stimulus.h"
#include "reference_array.h"
#include "support/tools.h"

namespace neartile::array {
namespace {

using testing_support::ReferenceArray;

/// What a case shows: sums as (line, column, value), toggles of all bits in the order of register_list().
struct Observation {
  std::vector<std::array<std::uint32_t, 3>> sums;
  std::vector<std::uint32_t> toggles;
};

/// The first cycles of a stimulus: all of them, or what passes before a reset breaks it off.
struct Case {
  ArrayStimulus stimulus;
  std::size_t cycles;
  std::size_t resets;  ///< cycles of reset before
};

pe::PeType type_of(const RtlArray& array) {
  pe::PeType type(array.config.pe);
  type.multiplier.table = array.multiplier.table;
  return type;
}

std::uint32_t value_of(const ReferenceArray& model, const testing_support::PeRegisters& pe,
                       const PeRegister& one, std::uint32_t sum_mask) {
  const std::map<std::string_view, std::uint32_t> values{{"a", pe.a},
                                                         {"p", static_cast<std::uint32_t>(pe.p) & sum_mask},
                                                         {"w0", pe.w[0]},
                                                         {"w1", pe.w[1]},
                                                         {"f", static_cast<std::uint16_t>(model.product(pe))},
                                                         {"s", pe.s},
                                                         {"v", pe.v},
                                                         {"e", pe.e},
                                                         {"l", pe.l},
                                                         {"b", pe.b}};
  return values.at(one.name);
}

/// The register model of the tests, watched bit by bit.
class WatchedModel {
 public:
  explicit WatchedModel(const RtlArray& array)
      : array_(array),
        registers_(testing_support::registers_of(array)),
        model_(array.config, type_of(array)) {
    values_ = values();
    toggles_.resize(values_.size(), std::vector<std::uint32_t>(32));
  }

  void step(const ArrayEdge& edge, std::uint32_t line) {
    const auto& config = array_.config;
    std::vector<bool> leaving;
    for (std::size_t c = 0; c < config.columns; ++c)
      leaving.push_back(edge.run && model_.at(config.rows - 1, c).v);
    model_.step(edge);
    for (std::size_t c = 0; c < config.columns; ++c)
      if (leaving[c])
        seen_.sums.push_back({line, static_cast<std::uint32_t>(c),
                              static_cast<std::uint32_t>(model_.at(config.rows - 1, c).p) & sum_mask()});
    const std::vector<std::uint32_t> now = values();
    for (std::size_t i = 0; i < now.size(); ++i)
      for (unsigned bit = 0; bit < 32; ++bit) toggles_[i][bit] += (now[i] ^ values_[i]) >> bit & 1;
    values_ = now;
  }

  Observation finish() {
    for (std::size_t i = 0; i < toggles_.size(); ++i) {
      const PeRegister& one = registers_[i % registers_.size()];
      for (unsigned bit = 0; bit < 32; ++bit) {
        if (bit >= one.low && bit <= one.high())
          seen_.toggles.push_back(toggles_[i][bit]);
        else
          EXPECT_EQ(toggles_[i][bit], 0u) << one.name << " has no bit " << bit;
      }
    }
    return seen_;
  }

 private:
  std::uint32_t sum_mask() const {
    return static_cast<std::uint32_t>((std::uint64_t{1} << array_.config.pe.accumulator_bits) - 1);
  }
  std::vector<std::uint32_t> values() const {
    std::vector<std::uint32_t> all;
    for (std::size_t r = 0; r < array_.config.rows; ++r)
      for (std::size_t c = 0; c < array_.config.columns; ++c)
        for (const PeRegister& one : registers_)
          all.push_back(value_of(model_, model_.at(r, c), one, sum_mask()));
    return all;
  }

  const RtlArray& array_;
  std::vector<PeRegister> registers_;
  ReferenceArray model_;
  std::vector<std::uint32_t> values_;
  std::vector<std::vector<std::uint32_t>> toggles_;
  Observation seen_;
};

Observation expected(const RtlArray& array, const Case& one) {
  WatchedModel model(array);
  std::uint32_t line = 0;
  for (const ArrayEdge& edge : edges_of(array.config, one.stimulus))
    if (line < one.cycles) model.step(edge, ++line);
  return model.finish();
}

// Every third case is broken off by the reset of the next one.
Case random_case(std::mt19937& random, const RtlArray& array, std::size_t number) {
  Case one{testing_support::random_stimulus(random, array.config), 0, 1 + number % 2};
  one.cycles = edges_of(array.config, one.stimulus).size();
  if (random() % 3 == 0) one.cycles = testing_support::random_between(random, 1, one.cycles);
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
  Verilated(std::vector<RtlArray> bank, std::filesystem::path folder, std::size_t rounds, unsigned seed)
      : bank_(std::move(bank)) {
    std::mt19937 random(seed);
    const ScratchFolder files;
    std::vector<std::string> words{folder / "twins", folder / "registers.txt", files.file("out")};
    for (std::size_t i = 0; i < bank_.size(); ++i) {
      std::string text;
      for (std::size_t n = 0; n < rounds; ++n) {
        cases_[i].push_back(random_case(random, bank_[i], n));
        text += lines_of(bank_[i], cases_[i].back());
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
           equals_waves(i, one, rtl.toggles);
  }

  // The kernel's waves of one PE, a different one in each case.
  bool equals_waves(std::size_t i, const Case& one, const std::vector<std::uint32_t>& toggles) {
    const ArrayConfig& config = bank_[i].config;
    const std::size_t pe = checked_++ % (config.rows * config.columns);
    const pe::PeType type = type_of(bank_[i]);
    const PeWaves waves = pe_waves(config, type, one.stimulus, pe / config.columns, pe % config.columns);
    std::size_t at = toggles.size() / (config.rows * config.columns) * pe;
    bool equal = true;
    for (const RegisterActivity& reg : pe_activity(type, waves, 0, one.cycles + 1)) {
      for (const traces::BitActivity& bit : reg.bits) equal &= bit.toggles == toggles.at(at++);
      EXPECT_TRUE(equal) << reg.net.name << " of PE " << pe;
    }
    return equal;
  }

  std::vector<RtlArray> bank_;
  std::map<std::size_t, std::vector<Case>> cases_;
  std::ifstream out_;
  std::size_t checked_ = 0;
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
