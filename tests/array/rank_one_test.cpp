#include "array/rank_one.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

std::shared_ptr<const pe::TruthTable> table_of(const char* multiplier, pe::Format format) {
  return pe::make_multiplier(multiplier, format).table;
}

void expect_factors(const pe::TruthTable& table, const std::vector<std::uint8_t>& exceptions) {
  const auto factors = rank_one_factors(table);
  ASSERT_TRUE(factors);
  EXPECT_EQ(factors->exceptions, exceptions);
  for (std::size_t a = 0; a < 256; ++a)
    for (std::size_t w = 0; w < 256; ++w) {
      if (std::count(exceptions.begin(), exceptions.end(), w) > 0) continue;
      const auto product = static_cast<std::int16_t>(factors->activation[a] * factors->weight[w]);
      ASSERT_EQ(product, table.product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(w)));
    }
}

TEST(RankOneFactors, AreFoundWhereTheTableHasThem) {
  for (const auto format : {pe::Format::u8s8, pe::Format::s8s8}) {
    expect_factors(*table_of("exact", format), {});
    expect_factors(*table_of("operand_truncation(3)", format), {});
    expect_factors(*table_of("perforated(0,2)", format), {});
  }
}

// DRUM makes 255 x -128 more than 16 bits hold.
TEST(RankOneFactors, LeaveSaturatedProductsOut) {
  expect_factors(*table_of("drum(4)", pe::Format::u8s8), {0x80});
}

TEST(RankOneFactors, AreNoneForOthers) {
  for (const char* multiplier : {"truncated(4)", "mitchell", "udm", "roba"})
    EXPECT_FALSE(rank_one_factors(*table_of(multiplier, pe::Format::u8s8))) << multiplier;
}

// Also of factors all of which are even, and of a table of zeros.
TEST(RankOneFactors, OfAnyFactorsAreFound) {
  std::mt19937 random(61);
  for (const int scale : {1, 2, 6, 12, 0}) {
    const auto f = random_patterns(random, 256), g = random_patterns(random, 256);
    std::vector<std::int16_t> products;
    for (const int a : f)
      for (const int w : g) products.push_back(static_cast<std::int16_t>(scale * a * w));
    expect_factors(pe::TruthTable(products), {});
    products[77 * 256 + 5] ^= 64;
    products[99 * 256 + 250] ^= 256;
    if (scale != 0) expect_factors(pe::TruthTable(products), {5, 250});
  }
}

// Weight 0 is what unused columns hold, so that it cannot be left out.
TEST(RankOneFactors, AreNoneWhereWeightZeroIsAnException) {
  std::vector<std::int16_t> products;
  for (int a = 0; a < 256; ++a)
    for (int w = 0; w < 256; ++w) products.push_back(static_cast<std::int16_t>(a * w));
  products[7 * 256] = 1;
  EXPECT_FALSE(rank_one_factors(pe::TruthTable(products)));
}

TEST(RankOneFactors, HoldForWeightsThatAreNoExceptions) {
  RankOneFactors factors;
  factors.exceptions = {0x80};
  const std::int8_t weights[] = {1, -128, 3, 127};
  EXPECT_FALSE(factors.hold_for({weights, 2, 2}));
  EXPECT_TRUE(factors.hold_for({weights, 2, 1, 2})) << "outside the view";
}

}  // namespace
}  // namespace neartile::array
