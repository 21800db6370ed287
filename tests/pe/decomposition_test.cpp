#include "neartile/pe/decomposition.h"

#include <gtest/gtest.h>

#include <random>

namespace neartile::pe {
namespace {

std::int64_t sum_at(const std::vector<Term>& terms, std::size_t a, std::size_t w) {
  std::int64_t sum = 0;
  for (const Term& term : terms) sum += std::int64_t{term.activation[a]} * term.weight[w];
  return sum;
}

struct Size {
  const char* name;
  std::size_t terms;
};

class Short : public testing::TestWithParam<Size> {};

TEST_P(Short, SumsEqualTheTableOnAllPairs) {
  const Circuit circuit = make_circuit(GetParam().name);
  const auto decomposition = decompose(circuit);
  ASSERT_TRUE(decomposition);
  EXPECT_EQ(decomposition->size(), GetParam().terms);
  for (std::size_t i = 0; i < TruthTable::size; ++i) {
    const auto a = static_cast<std::uint8_t>(i >> 8), w = static_cast<std::uint8_t>(i);
    const int exact = activation_value(circuit.operands, a) * weight_value(circuit.operands, w);
    ASSERT_EQ(sum_at(decomposition->terms, a, w) + (decomposition->adds_exact ? exact : 0),
              circuit.product(a, w));
  }
}

// DRUM has a second term where the wrapper saturates. Of t dropped columns each row of cells drops a
// part of its own: t terms beside the exact product.
INSTANTIATE_TEST_SUITE_P(
    Circuits, Short,
    testing::Values(Size{"exact", 1}, Size{"exact.s8s8.native", 1}, Size{"operand_truncation(3)", 1},
                    Size{"perforated(1,3)", 1}, Size{"drum(6).u8u8", 1}, Size{"drum(4).u8u8", 1},
                    Size{"drum(4).u8s8.sm", 2}, Size{"drum(4).s8s8.sm", 1}, Size{"drum(4).s8s8.native", 1},
                    Size{"udm.u8u8", 2}, Size{"udm.u8s8.sm", 2}, Size{"udm.s8s8.sm", 2}, Size{"roba.u8u8", 2},
                    Size{"roba.u8s8.sm", 2}, Size{"truncated(4).u8u8", 5}, Size{"truncated(4).u8s8.sm", 5},
                    Size{"truncated(4).s8s8.native", 5}, Size{"truncated(4,12).u8u8", 6},
                    Size{"broken_array(4,4).u8s8.sm", 1}, Size{"truncated(6).u8s8.sm", 7}));

TEST(Decomposition, OfATableOfHighRankIsNone) {
  const Circuit circuit = make_circuit("mitchell.u8u8");
  EXPECT_FALSE(decompose(circuit));
  EXPECT_FALSE(decompose(make_circuit("truncated(4).u8u8"), 4));
  std::vector<std::int32_t> values(TruthTable::size);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = circuit.product(static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i));
  EXPECT_GT(rank_of(values), most_terms);
}

TEST(Decomposition, OfNothingHasNoTerms) {
  const std::vector<std::int32_t> zeros(TruthTable::size, 0);
  EXPECT_EQ(rank_of(zeros), 0u);
  EXPECT_TRUE(terms_of(zeros)->empty());
}

// Sums of random products seldom have an entry that divides its row or column: the general method.
TEST(Decomposition, FindsAsManyTermsAsTheRankInRandomSums) {
  std::mt19937 random(1);
  const auto small = [&] { return static_cast<std::int32_t>(random() % 21) - 10; };
  for (const std::size_t rank : {1, 2, 3}) {
    std::vector<Term> made(rank);
    for (Term& term : made)
      for (std::size_t i = 0; i < 256; ++i) {
        term.activation[i] = 2 * small() + 3 * small();
        term.weight[i] = small();
      }
    std::vector<std::int32_t> table(TruthTable::size);
    for (std::size_t i = 0; i < table.size(); ++i)
      table[i] = static_cast<std::int32_t>(sum_at(made, i >> 8, i & 255));
    EXPECT_EQ(rank_of(table), rank);
    const auto terms = terms_of(table);
    ASSERT_TRUE(terms) << rank;
    EXPECT_EQ(terms->size(), rank);
    for (std::size_t i = 0; i < table.size(); ++i) ASSERT_EQ(sum_at(*terms, i >> 8, i & 255), table[i]);
  }
}

}  // namespace
}  // namespace neartile::pe
