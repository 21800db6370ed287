#include "text/numbers.h"

#include <gtest/gtest.h>

namespace neartile {
namespace {

TEST(Thousands, SeparatesGroupsOfThree) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(1000), "1,000");
  EXPECT_EQ(thousands(123456), "123,456");
  EXPECT_EQ(thousands(18446744073709551615u), "18,446,744,073,709,551,615");
}

TEST(Mean, HasADecimalOnlyWhereItIsNotWhole) {
  EXPECT_EQ(mean(9000, 3), "3,000");
  EXPECT_EQ(mean(10000, 3), "3,333.3");
  EXPECT_EQ(mean(1999999, 1000000), "2.0");
  EXPECT_EQ(mean(5, 0), "-");
}

TEST(Duration, PicksTheUnit) {
  EXPECT_EQ(duration(0), "0 ns");
  EXPECT_EQ(duration(1.06e-9), "1 ns");
  EXPECT_EQ(duration(9.39e-6), "9.39 us");
  EXPECT_EQ(duration(32.34e-6), "32.3 us");
  EXPECT_EQ(duration(1.31e-3), "1.31 ms");
  EXPECT_EQ(duration(0.3), "300 ms");
  EXPECT_EQ(duration(75), "75.0 s");
}

TEST(Percent, HasOneDecimalAndNoDivisionByZero) {
  EXPECT_EQ(percent(468, 500), "93.6");
  EXPECT_EQ(percent(1, 0), "-");
}

}  // namespace
}  // namespace neartile
