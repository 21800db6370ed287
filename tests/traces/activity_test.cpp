#include "neartile/traces/activity.h"

#include <gtest/gtest.h>

namespace neartile::traces {
namespace {

TEST(ToggleCounts, AddClassByClass) {
  ToggleCounts counts{1, 2, 3, 4, 5};
  counts += {10, 20, 30, 40, 50};
  EXPECT_EQ(counts, (ToggleCounts{11, 22, 33, 44, 55}));
  EXPECT_EQ(counts.total(), 165u);
}

TEST(ToggleCounts, ReadAsASum) {
  EXPECT_EQ(to_string(ToggleCounts{3, 5, 7, 2, 1}),
            "activation 3 + product 5 + partial sum 7 + weight 2 + control 1 = 18 toggles");
}

TEST(ClockCounts, AddClassByClass) {
  ClockCounts counts{1, 2, 3, 4};
  counts += {10, 20, 30, 40};
  EXPECT_EQ(counts, (ClockCounts{11, 22, 33, 44}));
  EXPECT_EQ(counts.total(), 110u);
}

}  // namespace
}  // namespace neartile::traces
