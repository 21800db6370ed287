#include <gtest/gtest.h>

#include <vector>

#include "neartile/pe/error_metrics.h"
#include "neartile/pe/multiplier.h"

namespace neartile::pe {
namespace {

TEST(Drum, KeepsTheLeadingBitsAndSetsTheLastOfThem) {
  const auto drum4 = make_multiplier("drum(4)");
  // 201 = 1100'1001 keeps 1100, its last bit becomes 1: 1101'0000 = 208. 100 = 0110'0100 -> 0110'1000 = 104.
  EXPECT_EQ(drum4.table->product(201, 100), 208 * 104);
}

TEST(Drum, IsExactOnOperandsThatFitInItsBits) {
  const auto drum3 = make_multiplier("drum(3)");
  for (int a = 0; a < 8; ++a)
    for (int w = 0; w < 8; ++w)
      EXPECT_EQ(drum3.table->product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(w)), a * w);
}

TEST(Drum, HasThePublishedMeanRelativeErrors) {
  EXPECT_NEAR(core_error_metrics("drum(6)").mean_relative_percent, 1.301, 0.0005);
  EXPECT_NEAR(core_error_metrics("drum(4)").mean_relative_percent, 5.887, 0.0005);
}

TEST(Drum, IsExactWithAllEightBits) {
  EXPECT_TRUE(make_multiplier("drum(8)", Format::s8s8).exact);
}

TEST(Drum, SaturatesAtTheProductsWidth) {
  // 255 -> 224 and 128 -> 160 with three bits: 35840 does not fit in 16 bits of two's complement.
  EXPECT_EQ(make_multiplier("drum(3)").table->product(255, 0x80), -32768);
}

}  // namespace
}  // namespace neartile::pe
