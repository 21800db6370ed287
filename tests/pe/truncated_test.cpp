#include <gtest/gtest.h>

#include "neartile/pe/error_metrics.h"
#include "neartile/pe/multiplier.h"

namespace neartile::pe {
namespace {

int sum_of_kept_columns(int a, int b, int t) {
  int sum = 0;
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < 8; ++j)
      if (i + j >= t) sum += (a >> i & 1) * (b >> j & 1) << (i + j);
  return sum;
}

TEST(Truncated, AddsThePartialProductsOfTheKeptColumns) {
  for (const int t : {0, 1, 4, 7, 8, 11, 14, 15}) {
    const auto multiplier = make_multiplier("truncated(" + std::to_string(t) + ")");
    for (int a = 0; a < 256; ++a)
      for (int w = 0; w < 128; ++w)
        ASSERT_EQ(multiplier.table->product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(w)),
                  sum_of_kept_columns(a, w, t))
            << a << " x " << w << ", t = " << t;
  }
}

struct Published {
  const char* name;
  double mae, wce, ep, mse;
};

class TruncatedErrors : public testing::TestWithParam<Published> {};

TEST_P(TruncatedErrors, AreThePublishedOnes) {
  const auto metrics = core_error_metrics(GetParam().name);
  EXPECT_DOUBLE_EQ(metrics.mean_absolute, GetParam().mae);
  EXPECT_DOUBLE_EQ(metrics.worst_case, GetParam().wce);
  EXPECT_NEAR(metrics.probability_percent, GetParam().ep, 0.0005);
  if (GetParam().mse > 0) EXPECT_DOUBLE_EQ(metrics.mean_squared, GetParam().mse);
}

INSTANTIATE_TEST_SUITE_P(Cores, TruncatedErrors,
                         testing::Values(Published{"truncated(4)", 12.25, 49, 81.25, 248.25},
                                         Published{"truncated(6)", 80.25, 321, 93.75, 0},
                                         Published{"truncated(8)", 448.25, 1793, 98.047, 0}));

TEST(Truncated, IsExactWithAllColumnsAndZeroWithNone) {
  EXPECT_TRUE(make_multiplier("truncated(0)").exact);
  EXPECT_EQ(make_multiplier("truncated(15)").table->product(255, 0x80), 0);
  EXPECT_EQ(make_multiplier("truncated(14)").table->product(255, 0x80), -(128 * 128));
}

}  // namespace
}  // namespace neartile::pe
