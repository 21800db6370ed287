#include "neartile/array/pe_waves.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "random_stimulus.h"
#include "reference_array.h"

namespace neartile::array {
namespace {

using namespace testing_support;

// What the register model holds of one PE, cycle by cycle.
PeWaves watched(const RandomCase& drawn, std::size_t row, std::size_t column) {
  PeWaves waves;
  ReferenceArray model(drawn.config, drawn.type);
  std::uint64_t cycle = 0;
  const auto put = [&](Wave& wave, std::uint32_t value) {
    if (wave.empty() || wave.back().value != value) wave.push_back({cycle, value});
  };
  const std::uint64_t bits = drawn.config.pe.accumulator_bits;
  const auto look = [&] {
    const PeRegisters& pe = model.at(row, column);
    put(waves.a, pe.a);
    put(waves.s, pe.s);
    put(waves.v, pe.v);
    put(waves.e, pe.e);
    put(waves.l, pe.l);
    put(waves.b, pe.b);
    put(waves.w0, pe.w[0]);
    put(waves.w1, pe.w[1]);
    put(waves.p,
        static_cast<std::uint32_t>(pe.p) & static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1));
    put(waves.f, static_cast<std::uint16_t>(model.product(pe)));
  };
  look();
  for (const ArrayEdge& edge : edges_of(drawn.config, drawn.stimulus)) {
    model.step(edge);
    ++cycle;
    look();
  }
  return waves;
}

TEST(PeWaves, AreWhatTheRegistersHold) {
  std::mt19937 random(11);
  std::size_t changes = 0;
  for (int i = 0; i < 150; ++i) {
    const RandomCase drawn(random);
    const std::size_t row = random() % drawn.config.rows, column = random() % drawn.config.columns;
    const PeWaves waves = pe_waves(drawn.config, drawn.type, drawn.stimulus, row, column);
    const PeWaves model = watched(drawn, row, column);
    const std::string where =
        fmt::format("case {}: PE({}, {}) of {} x {}, {}", i, row, column, drawn.config.rows,
                    drawn.config.columns, name_of(drawn.type.config));
    ASSERT_EQ(waves.a, model.a) << where;
    ASSERT_EQ(waves.s, model.s) << where;
    ASSERT_EQ(waves.v, model.v) << where;
    ASSERT_EQ(waves.e, model.e) << where;
    ASSERT_EQ(waves.l, model.l) << where;
    ASSERT_EQ(waves.b, model.b) << where;
    ASSERT_EQ(waves.w0, model.w0) << where;
    ASSERT_EQ(waves.w1, model.w1) << where;
    ASSERT_EQ(waves.p, model.p) << where;
    ASSERT_EQ(waves.f, model.f) << where;
    changes += waves.p.size() + waves.f.size();
  }
  EXPECT_GT(changes, 3000u);
}

bool equal(const PeWaves& a, const PeWaves& b) {
  return a.a == b.a && a.s == b.s && a.v == b.v && a.e == b.e && a.l == b.l && a.b == b.b && a.w0 == b.w0 &&
         a.w1 == b.w1 && a.p == b.p && a.f == b.f;
}

TEST(PeWaves, OfAllPesAreThoseOfEach) {
  std::mt19937 random(13);
  for (int i = 0; i < 10; ++i) {
    const RandomCase drawn(random);
    std::size_t visited = 0;
    for_each_pe(drawn.config, drawn.type, drawn.stimulus,
                [&](std::size_t row, std::size_t column, const PeWaves& waves) {
                  ++visited;
                  ASSERT_TRUE(equal(waves, pe_waves(drawn.config, drawn.type, drawn.stimulus, row, column)));
                });
    ASSERT_EQ(visited, drawn.config.rows * drawn.config.columns);
  }
}

TEST(PeWaves, RefuseAPlaceOutsideTheArray) {
  std::mt19937 random(1);
  const RandomCase drawn(random);
  EXPECT_THROW(pe_waves(drawn.config, drawn.type, drawn.stimulus, drawn.config.rows, 0),
               std::invalid_argument);
  EXPECT_THROW(pe_waves(drawn.config, drawn.type, drawn.stimulus, 0, drawn.config.columns),
               std::invalid_argument);
}

// By hand: 48 x 3, then 16 x 3 on a PE whose products end in 4 zeros.
TEST(PeActivity, ListsTheBitsThatAreBuilt) {
  ArrayConfig config{1, 1, {}};
  config.pe.multiplier = "truncated(4)";
  const pe::PeType type(config.pe);
  TileStimulus tile;
  tile.m = 2;
  tile.k = tile.n = 1;
  tile.activations = {48, 16};
  tile.weights = {3};
  tile.entries = {0, 1};
  const ArrayStimulus stimulus{{tile}, {}};
  const PeWaves waves = pe_waves(config, type, stimulus, 0, 0);
  const auto activity = pe_activity(type, waves, 0, settled_time(config, stimulus));
  ASSERT_EQ(activity.size(), pe_registers(config.pe, 4).size());
  for (const RegisterActivity& entry : activity)
    ASSERT_EQ(entry.bits.size(), entry.net.width) << entry.net.name;
  const RegisterActivity& p = activity[1];
  ASSERT_EQ(p.net.name, "p");
  EXPECT_EQ(p.net.low, 4u);
  // 144 = 1001'0000 from cycle 2 on, 48 = 0011'0000 from cycle 3 on, which is the end.
  EXPECT_EQ(p.bits[0], (traces::BitActivity{1, 2, 1}));
  EXPECT_EQ(p.bits[1], (traces::BitActivity{0, 3, 0}));
  EXPECT_EQ(p.bits[3], (traces::BitActivity{1, 2, 1}));
}

TEST(BitActivity, CountsChangesAndTimesInAWindow) {
  const Wave wave = {{0, 0b00}, {3, 0b01}, {5, 0b11}, {8, 0b10}};
  using Bits = std::vector<traces::BitActivity>;
  EXPECT_EQ(bit_activity(wave, 2, 0, 10), (Bits{{2, 5, 5}, {1, 5, 5}}));
  EXPECT_EQ(bit_activity(wave, 2, 3, 8), (Bits{{1, 0, 5}, {1, 2, 3}}));
  EXPECT_EQ(bit_activity(wave, 1, 9, 9), (Bits{{0, 0, 0}}));
  EXPECT_EQ(bit_activity(wave, 2, 6, 7), (Bits{{0, 0, 1}, {0, 0, 1}}));
  EXPECT_EQ(bit_activity({{0, 1}, {2, 0}}, 1, 0, 4), (Bits{{1, 2, 2}}));
}

TEST(BitActivity, OfWindowsAddsUpToThatOfTheWhole) {
  std::mt19937 random(12);
  const RandomCase drawn(random);
  const Wave wave = pe_waves(drawn.config, drawn.type, drawn.stimulus, 0, 0).p;
  const auto whole = bit_activity(wave, 32, 0, 300);
  std::vector<traces::BitActivity> sum(32);
  for (std::uint64_t from = 0; from < 300; from += 25) {
    const auto part = bit_activity(wave, 32, from, from + 25);
    for (std::size_t bit = 0; bit < 32; ++bit) {
      sum[bit].toggles += part[bit].toggles;
      sum[bit].cycles_at_0 += part[bit].cycles_at_0;
      sum[bit].cycles_at_1 += part[bit].cycles_at_1;
      ASSERT_EQ(part[bit].cycles_at_0 + part[bit].cycles_at_1, 25u);
    }
  }
  EXPECT_EQ(sum, whole);
}

}  // namespace
}  // namespace neartile::array
