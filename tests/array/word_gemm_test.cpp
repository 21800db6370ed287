#include <gtest/gtest.h>

#include "array/gemm_kernel.h"
#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

void expect_the_sums_of_plain_loops(std::size_t m, std::size_t k, std::size_t n,
                                    const std::vector<std::uint8_t>& a, const std::vector<std::int8_t>& w) {
  std::vector<std::int32_t> expected(m * n, 0), sums(m * n, -1);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < k; ++j)
      for (std::size_t c = 0; c < n; ++c) expected[i * n + c] += a[i * k + j] * w[j * n + c];
  multiply_by_words({a.data(), m, k}, {w.data(), k, n}, {sums.data(), m, n});
  EXPECT_EQ(sums, expected) << m << " x " << k << " x " << n;
}

// Around the blocks: 6 vectors, pairs of k, 512 of k, 8 to 32 columns.
TEST(WordGemm, EqualsPlainLoopsWhateverIsLeftOverAtTheEdges) {
  std::mt19937 random(5);
  for (const std::size_t m : {1u, 5u, 6u, 13u})
    for (const std::size_t k : {1u, 2u, 511u, 512u, 513u, 1100u})
      for (const std::size_t n : {1u, 15u, 16u, 17u, 70u})
        expect_the_sums_of_plain_loops(m, k, n, random_patterns(random, m * k),
                                       random_weights(random, k * n));
}

// Where instructions for bytes would saturate: 255 x -128 and 255 x 127, twice each.
TEST(WordGemm, DoesNotSaturate) {
  for (const std::int8_t weight : {std::int8_t{-128}, std::int8_t{127}})
    expect_the_sums_of_plain_loops(7, 600, 9, std::vector<std::uint8_t>(7 * 600, 255),
                                   std::vector<std::int8_t>(600 * 9, weight));
}

}  // namespace
}  // namespace neartile::array
