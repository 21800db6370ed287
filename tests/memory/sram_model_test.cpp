#include "neartile/memory/sram_model.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <map>
#include <utility>

#include "neartile/pe/base/error.h"

namespace neartile::memory {
namespace {

BufferConfig buffer(std::uint64_t banks, std::uint64_t ports, std::uint64_t word_bytes) {
  return {banks, ports, word_bytes};
}

SramStream stream(std::uint64_t address, std::uint64_t bytes, std::uint64_t start, std::uint64_t cycles) {
  SramStream s;
  s.address = address;
  s.run_bytes = bytes;
  s.start_cycle = start;
  s.cycles = cycles;
  return s;
}

/// Obvious and slow: byte by byte to a list of words, then port by port in a table of all cycles.
class SlowSram {
 public:
  explicit SlowSram(const BufferConfig& config) : config_(config) {}

  std::uint64_t serve(const SramStream& s) {
    std::vector<std::uint64_t> words;
    for (std::uint64_t run = 0; run < s.runs; ++run)
      for (std::uint64_t byte = 0; byte < s.run_bytes; ++byte) {
        const std::uint64_t word = (s.address + run * s.stride_bytes + byte) / config_.word_bytes;
        if (byte == 0 || words.back() != word) words.push_back(word);
      }
    std::uint64_t cycle = 0, latest = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint64_t wanted = s.start_cycle + i * s.cycles / words.size();
      cycle = std::max(cycle, wanted);
      while (used_[{cycle, bank(words[i])}] == config_.ports) ++cycle;
      ++used_[{cycle, bank(words[i])}];
      latest = std::max(latest, cycle - wanted);
      late += cycle > wanted;
    }
    return latest;
  }
  std::uint64_t late = 0;

 private:
  std::uint64_t bank(std::uint64_t word) const {
    if (config_.banks == 1) return 0;
    return word == 0 ? 0 : (word % config_.banks) ^ bank(word / config_.banks);
  }
  BufferConfig config_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> used_;
};

TEST(SramModel, AStreamOfAWordACycleIsNeverLate) {
  SramModel sram(buffer(4, 1, 16));
  EXPECT_EQ(sram.serve(stream(0, 1600, 5, 100)), 0u);
  EXPECT_EQ(sram.counts().reads, 100u);
  EXPECT_EQ(sram.counts().read_bytes, 1600u);
  EXPECT_EQ(sram.counts().conflicts, 0u);
}

TEST(SramModel, OneBankWithOnePortServesAWordACycle) {
  SramModel sram(buffer(1, 1, 16));
  EXPECT_EQ(sram.serve(stream(0, 1600, 0, 50)), 50u);  // the last of 100 words is wanted in 49, comes in 99
  EXPECT_EQ(sram.counts().conflicts, 99u);
}

TEST(SramModel, TwoStreamsOnOneBankTakeTwiceAsLong) {
  SramModel sram(buffer(1, 1, 16));
  EXPECT_EQ(sram.serve(stream(0, 1600, 0, 100)), 0u);
  EXPECT_EQ(sram.serve(stream(0, 1600, 0, 100)), 100u);
}

TEST(SramModel, ASecondPortServesThemBoth) {
  SramModel sram(buffer(1, 2, 16));
  EXPECT_EQ(sram.serve(stream(0, 1600, 0, 100)), 0u);
  EXPECT_EQ(sram.serve(stream(0, 1600, 0, 100)), 0u);
}

TEST(SramModel, StridesOfAPowerOfTwoSpreadOverTheBanks) {
  for (const std::uint64_t stride : {16, 64, 256, 1024, 4096}) {
    SramModel sram(buffer(4, 1, 16));
    SramStream rows = stream(0, 16, 0, 64);
    rows.runs = 256;
    rows.stride_bytes = stride;
    EXPECT_LT(sram.serve(rows), 16u) << stride;  // without the digits' xor: 192
  }
}

TEST(SramModel, UnalignedRunsTakeAWordMore) {
  SramModel sram(buffer(4, 1, 16));
  sram.serve(stream(15, 2, 0, 2));
  EXPECT_EQ(sram.counts().reads, 2u);
  EXPECT_EQ(sram.counts().read_bytes, 2u);
}

TEST(SramModel, WritesAreCountedApart) {
  SramModel sram(buffer(4, 1, 16));
  SramStream s = stream(0, 160, 0, 10);
  s.write = true;
  sram.serve(s);
  EXPECT_EQ(sram.counts().writes, 10u);
  EXPECT_EQ(sram.counts().written_bytes, 160u);
  EXPECT_EQ(sram.counts().reads, 0u);
}

RC_GTEST_PROP(SramModel, IsTheSlowOne, ()) {
  const auto power = [](int low, int high) { return std::uint64_t{1} << *rc::gen::inRange(low, high); };
  const auto number = [](std::uint64_t low, std::uint64_t high) { return *rc::gen::inRange(low, high); };
  const BufferConfig config = buffer(power(0, 5), number(1, 4), power(0, 6));
  SramModel sram(config);
  SlowSram slow(config);
  std::uint64_t now = 0;
  for (std::uint64_t i = number(1, 12); i > 0; --i) {
    SramStream s = stream(number(0, 5000), number(0, 300), now + number(0, 6000), number(1, 200));
    s.runs = number(0, 6);
    s.stride_bytes = number(0, 700);
    s.write = number(0, 2) == 1;
    RC_ASSERT(sram.serve(s) == slow.serve(s));
    if (number(0, 3) == 0) sram.forget_before(now += number(0, 7000));
  }
  RC_ASSERT(sram.counts().conflicts == slow.late);
}

TEST(BufferConfig, WantsPowersOfTwo) {
  check(buffer(8, 3, 64), "test");
  EXPECT_THROW(check(buffer(6, 1, 64), "test"), InputError);
  EXPECT_THROW(check(buffer(8, 1, 96), "test"), InputError);
}

}  // namespace
}  // namespace neartile::memory
