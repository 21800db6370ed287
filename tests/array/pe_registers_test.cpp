#include "neartile/array/pe_registers.h"

#include <gtest/gtest.h>

#include "neartile/pe/multiplier.h"

namespace neartile::array {
namespace {

unsigned zeros(const char* multiplier, pe::Overflow overflow = pe::Overflow::wrap) {
  return low_zero_bits(*pe::make_multiplier(multiplier).table, overflow);
}

unsigned total_width(const std::vector<PeRegister>& registers, std::string_view clock) {
  unsigned width = 0;
  for (const PeRegister& one : registers) width += one.clock == clock ? one.width : 0;
  return width;
}

TEST(PeRegisters, AreThoseOfThePage) {
  std::string text;
  for (const PeRegister& one : pe_registers({}, 0))
    text += one.path() + "[" + std::to_string(one.high()) + ":" + std::to_string(one.low) + "] ";
  EXPECT_EQ(text,
            "a[7:0] p[31:0] w0[7:0] w1[7:0] f[15:0] control/s[0:0] control/v[0:0] control/e[0:0] "
            "control/l[0:0] control/b[0:0] ");
}

TEST(PeRegisters, OneWeightRegisterNeedsNoSelectAndNoBank) {
  pe::PeConfig config;
  config.weight_registers = 1;
  const auto registers = pe_registers(config, 0);
  EXPECT_EQ(registers.size(), 7u);
  for (const PeRegister& one : registers)
    EXPECT_TRUE(one.name != "w1" && one.name != "s" && one.name != "b") << one.name;
}

TEST(PeRegisters, LowZeroBitsAreBuiltNeitherInProductNorInSum) {
  pe::PeConfig config;
  config.accumulator_bits = 24;
  const auto registers = pe_registers(config, 5);
  for (const PeRegister& one : registers) {
    const bool narrow = one.name == "f" || one.name == "p";
    EXPECT_EQ(one.low, narrow ? 5u : 0u) << one.name;
    if (narrow) EXPECT_EQ(one.high(), one.name == "f" ? 15u : 23u);
  }
}

TEST(PeRegisters, HangOnTheClocksOfThePage) {
  const auto registers = pe_registers({}, 4);
  EXPECT_EQ(total_width(registers, "clk_a"), 8u);
  EXPECT_EQ(total_width(registers, "clk_p"), 28u);
  EXPECT_EQ(total_width(registers, "clk_w0"), 8u);
  EXPECT_EQ(total_width(registers, "clk_w1"), 8u);
  EXPECT_EQ(total_width(registers, "clk_run"), 5u);
  for (const PeRegister& one : registers) EXPECT_EQ(one.is_register(), one.name != "f") << one.name;
}

TEST(LowZeroBits, AreThoseThatNoPairOfOperandsSets) {
  EXPECT_EQ(zeros("exact"), 0u);
  EXPECT_EQ(zeros("truncated(4)"), 4u);
  EXPECT_EQ(zeros("truncated(8)"), 8u);
  EXPECT_EQ(zeros("drum(4)"), 0u) << "small operands are exact";
}

TEST(LowZeroBits, OfSumsThatSaturateAreNone) {
  EXPECT_EQ(zeros("truncated(4)", pe::Overflow::saturate), 0u);
}

TEST(LowZeroBits, LeaveABitOfAMultiplierThatGivesZeroAlways) {
  EXPECT_EQ(
      low_zero_bits(pe::TruthTable(std::vector<std::int16_t>(pe::TruthTable::size)), pe::Overflow::wrap),
      15u);
}

TEST(Scopes, HoldOnlyWhatEveryToolTakes) {
  EXPECT_EQ(array_scope(0) + "/" + pe_scope(3, 15), "array_0/row_3/pe_15");
}

}  // namespace
}  // namespace neartile::array
