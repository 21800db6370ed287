#include "neartile/traces/activity.h"

#include <gtest/gtest.h>

namespace neartile::traces {
namespace {

TEST(ToggleCounts, AddClassByClass) {
  ToggleCounts counts{1, 2, 3};
  counts += {10, 20, 30};
  EXPECT_EQ(counts, (ToggleCounts{11, 22, 33}));
  EXPECT_EQ(counts.total(), 66u);
}

TEST(ToggleCounts, ReadAsASum) {
  EXPECT_EQ(to_string(ToggleCounts{3, 5, 7}), "activation 3 + product 5 + partial sum 7 = 15 toggles");
}

}  // namespace
}  // namespace neartile::traces
