#include "neartile/pe/multiplier.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neartile/pe/error_metrics.h"
#include "support/error_of.h"

namespace neartile::pe {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string error_of(std::string_view name) {
  return testing_support::error_of([&] { make_multiplier(name); });
}

class InFormat : public testing::TestWithParam<Format> {};
INSTANTIATE_TEST_SUITE_P(Formats, InFormat, testing::Values(Format::u8s8, Format::s8s8));

TEST_P(InFormat, TheExactMultiplierMultiplies) {
  const auto multiplier = make_multiplier("exact", GetParam());
  EXPECT_TRUE(multiplier.exact);
  for (int a = 0; a < 256; ++a)
    for (int w = 0; w < 256; ++w) {
      const auto activation = static_cast<std::uint8_t>(a);
      const auto weight = static_cast<std::uint8_t>(w);
      ASSERT_EQ(multiplier.table->product(activation, weight),
                activation_value(GetParam(), activation) * static_cast<std::int8_t>(weight));
    }
}

TEST_P(InFormat, SignsOnlySetTheSignOfTheProduct) {
  const auto table = make_multiplier("truncated(7)", GetParam()).table;
  for (int a = 1; a < 128; ++a)
    for (int w = 1; w < 128; ++w) {
      const auto activation = static_cast<std::uint8_t>(a);
      const int product = table->product(activation, static_cast<std::uint8_t>(w));
      ASSERT_EQ(table->product(activation, static_cast<std::uint8_t>(-w)), -product);
      if (GetParam() == Format::s8s8) {
        ASSERT_EQ(table->product(static_cast<std::uint8_t>(-a), static_cast<std::uint8_t>(w)), -product);
      }
    }
}

TEST_P(InFormat, EveryFamilyTakesTheEndsOfItsRanges) {
  for (const auto* family : multiplier_families()) {
    if (family->parameters.empty()) continue;
    for (const bool largest : {false, true}) {
      std::vector<int> values;
      for (const auto& p : family->parameters) {
        const int maximum = p.maximum_after ? p.maximum_after(values) : p.maximum;
        if (!p.optional) values.push_back(largest ? maximum : p.minimum);
      }
      const std::string name = fmt::format("{}({})", family->name, fmt::join(values, ","));
      EXPECT_EQ(make_multiplier(name, GetParam()).name, name);
    }
  }
}

TEST(Multiplier, OptionalParametersThatAreZeroAreNotSaid) {
  EXPECT_EQ(make_multiplier("truncated(6,0)").name, "truncated(6)");
  EXPECT_EQ(make_multiplier("truncated(6, 80)").name, "truncated(6,80)");
}

TEST(Multiplier, ARangeMayDependOnTheParametersBefore) {
  EXPECT_THAT(error_of("perforated(6,3)"), AllOf(HasSubstr("m is 3"), HasSubstr("1 to 2")));
  EXPECT_THAT(error_of("truncated(4,50)"), AllOf(HasSubstr("c is 50"), HasSubstr("0 to 49")));
}

TEST(Multiplier, AFullNameMustAgreeWithTheFormat) {
  EXPECT_EQ(make_multiplier("truncated(6).u8s8.sm").name, "truncated(6)");
  EXPECT_EQ(make_multiplier("truncated(6).s8s8", Format::s8s8).name, "truncated(6)");
  EXPECT_EQ(make_multiplier("drum(4).s8s8.native", Format::s8s8).name, "drum(4).s8s8.native");
  EXPECT_THAT(error_of("drum(4).s8s8.native"), AllOf(HasSubstr("s8s8"), HasSubstr("u8s8")));
  EXPECT_THAT(error_of("truncated(6).u8u8"), HasSubstr("u8u8"));
}

TEST(Multiplier, NamesHaveOneSpelling) {
  EXPECT_EQ(make_multiplier(" truncated ( 4 ) ").name, "truncated(4)");
  EXPECT_EQ(make_multiplier("exact()").name, "exact");
}

TEST(Multiplier, AnUnknownFamilyIsToldAllFamilies) {
  EXPECT_THAT(error_of("boot(3)"), AllOf(HasSubstr("\"boot(3)\""), HasSubstr("exact"),
                                         HasSubstr("truncated(t = 0..15)"), HasSubstr("drum(k = 2..8)")));
}

TEST(Multiplier, AParameterOutOfRangeIsToldTheRange) {
  EXPECT_THAT(error_of("drum(9)"), AllOf(HasSubstr("k is 9"), HasSubstr("2 to 8")));
  EXPECT_THAT(error_of("truncated(-1)"), AllOf(HasSubstr("t is -1"), HasSubstr("0 to 15")));
}

TEST(Multiplier, MalformedNamesAreErrorsOfOneLine) {
  for (const std::string name :
       {"", "(", "drum", "drum(", "drum()", "drum(4", "drum(4)x", "drum(x)", "drum(4,5)", "drum(4,,,,,,)",
        "drum(99999999999)", "exact(1)", "exact\n", "truncated(4.5)", "truncated(1e1)"})
    EXPECT_THAT(error_of(name), AllOf(HasSubstr("expected"), Not(HasSubstr("\n")))) << name;
  EXPECT_LT(error_of(std::string(1 << 20, 'x')).size(), 600u);
}

TEST(TruthTable, HashTellsCircuitsApart) {
  EXPECT_EQ(make_multiplier("drum(8)").table->hash(), make_multiplier("exact").table->hash());
  EXPECT_NE(make_multiplier("drum(7)").table->hash(), make_multiplier("exact").table->hash());
  EXPECT_NE(make_multiplier("exact", Format::s8s8).table->hash(), make_multiplier("exact").table->hash());
}

TEST(TruthTable, HashIsFnv1aOverLittleEndianProducts) {
  // Multiplying by the prime alone, 131,072 times: FNV-1a of that many zero bytes.
  std::uint64_t expected = 0xcbf29ce484222325;
  for (int i = 0; i < 131072; ++i) expected *= 0x100000001b3;
  const TruthTable zeros{std::vector<std::int16_t>(TruthTable::size)};
  EXPECT_EQ(std::stoull(zeros.hash(), nullptr, 16), expected);
}

TEST(TruthTable, KnowsWhetherAZeroWeightGivesZero) {
  EXPECT_TRUE(make_multiplier("drum(4)").table->zero_at_zero_weight());
  std::vector<std::int16_t> products(TruthTable::size);
  products[77 << 8] = 1;
  EXPECT_FALSE(TruthTable(products).zero_at_zero_weight());
  EXPECT_THROW(TruthTable(std::vector<std::int16_t>(65535)), std::invalid_argument);
}

TEST(ErrorMetrics, OfTheExactMultiplierAreZero) {
  const auto metrics = error_metrics(make_multiplier("exact", Format::s8s8));
  EXPECT_EQ(metrics.mean_absolute, 0);
  EXPECT_EQ(metrics.worst_case, 0);
  EXPECT_EQ(metrics.probability_percent, 0);
  EXPECT_EQ(metrics.mean_relative_percent, 0);
}

TEST(ErrorMetrics, TruncationOnlyLowersTheCoresProduct) {
  const auto core = core_error_metrics("truncated(6)");
  EXPECT_DOUBLE_EQ(core.bias, -core.mean_absolute);
  EXPECT_DOUBLE_EQ(core.variance, core.mean_squared - core.bias * core.bias);
  EXPECT_DOUBLE_EQ(core.mean_absolute_percent, 100 * 80.25 / 65536);
  EXPECT_DOUBLE_EQ(core.worst_relative_percent, 100);
}

TEST(ErrorMetrics, OfTheSignedWrapperAreBalanced) {
  const auto metrics = error_metrics(make_multiplier("truncated(6)", Format::s8s8));
  EXPECT_NEAR(metrics.bias, 0, 0.7);
  EXPECT_GT(metrics.mean_absolute, 50);
}

}  // namespace
}  // namespace neartile::pe
