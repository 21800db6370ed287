#include "text/table.h"

#include <gtest/gtest.h>

namespace neartile {
namespace {

using enum Table::Align;

TEST(Table, AlignsColumnsUnderTheirTitles) {
  Table table({{"layer", left}, {"cycles"}});
  table.add({"conv1", "1,234"});
  table.add({"a longer one", "5"});
  table.add_rule();
  table.add({"total", "1,239"});
  EXPECT_EQ(table.text(),
            "layer         cycles\n"
            "------------  ------\n"
            "conv1          1,234\n"
            "a longer one       5\n"
            "------------  ------\n"
            "total          1,239\n");
}

TEST(Table, PutsTitlesOfTwoLinesAboveEachOther) {
  Table table({{"layer", left}, {"product\ntoggles"}, {"note", left}});
  table.add({"conv1", "7", ""});
  EXPECT_EQ(table.text(),
            "       product\n"
            "layer  toggles  note\n"
            "-----  -------  ----\n"
            "conv1        7\n");
}

}  // namespace
}  // namespace neartile
