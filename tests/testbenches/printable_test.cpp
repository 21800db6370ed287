#include "text/printable.h"

#include <gtest/gtest.h>

namespace neartile {
namespace {

TEST(Printable, IsOneLineWithoutControlCharacters) {
  EXPECT_EQ(printable("plain text 1/2"), "plain text 1/2");
  EXPECT_EQ(printable("a\nb\tc\x1b[31m\xff"), "a b c?[31m?");
}

TEST(Fitted, LosesTheMiddleOfLongNames) {
  EXPECT_EQ(fitted("short", 10), "short");
  EXPECT_EQ(fitted("/stage1/block2/conv3", 20), "/stage1/block2/conv3");
  EXPECT_EQ(fitted("/stage1/block2/conv3", 12), "/stag..conv3");
}

}  // namespace
}  // namespace neartile
