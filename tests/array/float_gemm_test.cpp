#include "neartile/array/float_gemm.h"

#include <gtest/gtest.h>

#include <vector>

namespace neartile::array {
namespace {

TEST(FloatGemm, IsTheMatrixProduct) {
  constexpr std::size_t m = 17, k = 33, n = 9;
  std::vector<float> a(m * k), b(k * n), c(m * n, -1);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = static_cast<float>(i % 7) - 3;
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<float>(i % 5) - 2;
  float_gemm({a.data(), m, k}, {b.data(), k, n}, {c.data(), m, n});
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      float sum = 0;
      for (std::size_t l = 0; l < k; ++l) sum += a[i * k + l] * b[l * n + j];
      ASSERT_EQ(c[i * n + j], sum) << "small integers add without rounding";
    }
}

TEST(FloatGemm, TakesViewsIntoLargerMatrices) {
  std::vector<float> a{1, 2, 9, 3, 4, 9}, b{1, 0, 0, 1}, c(6, -1);
  float_gemm({a.data(), 2, 2, 3}, {b.data(), 2, 2}, {c.data(), 2, 2, 3});
  EXPECT_EQ(c, (std::vector<float>{1, 2, -1, 3, 4, -1}));
}

TEST(FloatGemm, OfNothingIsZero) {
  std::vector<float> c(2, -1);
  float_gemm({nullptr, 1, 0}, {nullptr, 0, 2}, {c.data(), 1, 2});
  EXPECT_EQ(c, (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace neartile::array
