#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "array/byte_terms.h"
#include "neartile/array/gemm.h"
#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

pe::PeType type_of(const std::string& multiplier, pe::Format format, std::uint64_t bits = 32) {
  return pe::PeType({format, multiplier, bits, pe::Overflow::wrap, 2});
}

std::int32_t sum_at(const std::vector<ByteTerm>& terms, std::size_t a, std::size_t w) {
  return std::accumulate(terms.begin(), terms.end(), 0, [&](std::int32_t sum, const ByteTerm& term) {
    return sum + ((term.activation[a] + term.offset) * term.weight[w]) * (1 << term.shift);
  });
}

struct Counted {
  const char* multiplier;
  pe::Format format;
  std::size_t terms;
};

class ByteTerms : public testing::TestWithParam<Counted> {};

TEST_P(ByteTerms, AddUpToTheTable) {
  const auto multiplier = pe::make_multiplier(GetParam().multiplier, GetParam().format);
  const auto terms = byte_terms_of(multiplier);
  ASSERT_NE(terms, nullptr);
  EXPECT_EQ(terms->size(), GetParam().terms);
  for (std::size_t a = 0; a < 256; ++a)
    for (std::size_t w = 0; w < 256; ++w)
      ASSERT_EQ(sum_at(*terms, a, w),
                multiplier.table->product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(w)));
}

constexpr auto u8s8 = pe::Format::u8s8, s8s8 = pe::Format::s8s8;

// DRUM rounds -128 to -144, which is no byte: that pattern of each operand takes terms of its own.
INSTANTIATE_TEST_SUITE_P(Multipliers, ByteTerms,
                         testing::Values(Counted{"perforated(0,2)", u8s8, 1}, Counted{"drum(4)", u8s8, 2},
                                         Counted{"drum(6)", u8s8, 2}, Counted{"drum(4)", s8s8, 4},
                                         Counted{"drum(4).s8s8.native", s8s8, 1}, Counted{"udm", u8s8, 2},
                                         Counted{"udm", s8s8, 2}, Counted{"roba", u8s8, 2},
                                         Counted{"truncated(4)", u8s8, 5},
                                         Counted{"truncated(4).s8s8.native", s8s8, 5}));

TEST(ByteTermsOf, TablesOfHighRankAreNone) {
  EXPECT_EQ(byte_terms_of(pe::make_multiplier("mitchell")), nullptr);
}

TEST(ByteTermsOf, OneTableAreFoundOnce) {
  EXPECT_EQ(byte_terms_of(pe::make_multiplier("udm")), byte_terms_of(pe::make_multiplier("udm.u8s8.sm")));
}

class FactorGemm : public testing::TestWithParam<std::pair<const char*, pe::Format>> {};

TEST_P(FactorGemm, EqualsTheReferenceToTheBit) {
  const auto& [name, format] = GetParam();
  std::mt19937 random(7);
  for (const std::uint64_t bits : {32, 20}) {
    const auto type = type_of(name, format, bits);
    for (int i = 0; i < 6; ++i) {
      const std::size_t m = random_between(random, 1, 40), k = random_between(random, 1, 200),
                        n = random_between(random, 1, 40);
      auto a = random_patterns(random, m * k);
      auto w = random_weights(random, k * n);
      // Operands as networks have them, without -128, so that the correction terms are left out.
      if (i % 2 == 0) std::replace(w.begin(), w.end(), std::int8_t{-128}, std::int8_t{0});
      if (i % 3 == 0) std::replace(a.begin(), a.end(), std::uint8_t{0x80}, std::uint8_t{0x81});
      std::vector<std::int32_t> sums(m * n, -1), expected(m * n, -2);
      Gemm(type, 16, {w.data(), k, n})({a.data(), m, k}, {sums.data(), m, n});
      reference_gemm(type, 16, {a.data(), m, k}, {w.data(), k, n}, {expected.data(), m, n});
      ASSERT_EQ(sums, expected) << name << " " << m << " x " << k << " x " << n;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Multipliers, FactorGemm,
    testing::Values(std::pair{"drum(3)", u8s8}, std::pair{"drum(4)", s8s8},
                    std::pair{"drum(4).s8s8.native", s8s8}, std::pair{"udm", s8s8}, std::pair{"roba", s8s8},
                    std::pair{"truncated(4)", u8s8}, std::pair{"truncated(4,12)", u8s8},
                    std::pair{"truncated(8)", u8s8}, std::pair{"truncated(15)", u8s8},
                    std::pair{"truncated(6).s8s8.native", s8s8}, std::pair{"broken_array(2,6)", s8s8},
                    std::pair{"operand_truncation(3)", u8s8}, std::pair{"perforated(1,2)", s8s8},
                    std::pair{"booth(4).s8s8.native", s8s8}, std::pair{"iterative_mitchell(1)", u8s8},
                    std::pair{"mitchell", u8s8}));

// More than 2^31 in all, so that a sum that saturates or rounds would show.
TEST(FactorGemm, WrapsAt32Bits) {
  const auto type = type_of("truncated(4)", u8s8);
  const std::size_t k = 70000;
  const std::vector<std::uint8_t> a(k, 255);
  const std::vector<std::int8_t> w(k, 127);
  std::int32_t sum = 0, expected = 0;
  Gemm(type, k, {w.data(), k, 1})({a.data(), 1, k}, {&sum, 1, 1});
  reference_gemm(type, k, {a.data(), 1, k}, {w.data(), k, 1}, {&expected, 1, 1});
  EXPECT_EQ(sum, expected);
  EXPECT_LT(expected, 0) << "wrapped";
}

TEST(FactorGemm, TakesManyVectorsInChunks) {
  const auto type = type_of("udm", u8s8);
  std::mt19937 random(8);
  const std::size_t m = 1500, k = 900, n = 3;
  const auto a = random_patterns(random, m * k);
  const auto w = random_weights(random, k * n);
  std::vector<std::int32_t> wide(m * 5, 77), expected(m * n);
  Gemm(type, 16, {w.data(), k, n})({a.data(), m, k}, {wide.data(), m, n, 5});
  reference_gemm(type, 16, {a.data(), m, k}, {w.data(), k, n}, {expected.data(), m, n});
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) ASSERT_EQ(wide[i * 5 + j], expected[i * n + j]);
    ASSERT_EQ(wide[i * 5 + 3], 77) << "outside the view";
  }
}

}  // namespace
}  // namespace neartile::array
