#include "neartile/array/gemm.h"

#include <gtest/gtest.h>

#include <thread>

#include "lent_threads.h"
#include "neartile/pe/pe_type.h"
#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

// Shapes of one product, its operands, and what the judge makes of them.
struct Product {
  Product(const pe::PeType& pe_type, std::size_t tile_rows, std::size_t m_, std::size_t k_, std::size_t n_,
          std::mt19937& random)
      : type(pe_type),
        rows(tile_rows),
        m(m_),
        k(k_),
        n(n_),
        a(random_patterns(random, m * k)),
        w(random_weights(random, k * n)),
        expected(m * n, -1),
        sums(m * n, -2) {
    reference_gemm(type, rows, activations(), weights(), {expected.data(), m, n});
  }
  MatrixView<const std::uint8_t> activations() const { return {a.data(), m, k}; }
  MatrixView<const std::int8_t> weights() const { return {w.data(), k, n}; }
  void multiply() { Gemm(type, rows, weights())(activations(), {sums.data(), m, n}); }

  pe::PeType type;
  std::size_t rows, m, k, n;
  std::vector<std::uint8_t> a;
  std::vector<std::int8_t> w;
  std::vector<std::int32_t> expected, sums;
};

pe::PeType type_of(const char* multiplier, pe::Format format = pe::Format::u8s8, std::uint64_t bits = 32,
                   pe::Overflow overflow = pe::Overflow::wrap) {
  return pe::PeType({format, multiplier, bits, overflow, 2});
}

TEST(ReferenceGemm, IsTheMatrixProductForTheExactMultiplier) {
  const std::uint8_t activations[] = {1, 2, 3, 255, 0, 10};
  const std::int8_t weights[] = {-128, 1, 5, -6, 100, 127};
  std::int32_t sums[4];
  reference_gemm(type_of("exact"), 2, {activations, 2, 3}, {weights, 3, 2}, {sums, 2, 2});
  EXPECT_EQ(sums[0], 1 * -128 + 2 * 5 + 3 * 100);
  EXPECT_EQ(sums[1], 1 * 1 + 2 * -6 + 3 * 127);
  EXPECT_EQ(sums[2], 255 * -128 + 0 * 5 + 10 * 100);
  EXPECT_EQ(sums[3], 255 * 1 + 0 * -6 + 10 * 127);
}

TEST(ReferenceGemm, SaturatesTileByTile) {
  // 3 x 12700 passes 32767, from where the last product comes off; no sum of two tiles of two rows does.
  const std::uint8_t activations[] = {100, 100, 100, 100};
  const std::int8_t weights[] = {127, 127, 127, -127};
  const auto type = type_of("exact", pe::Format::u8s8, 16, pe::Overflow::saturate);
  std::int32_t sum = 0;
  reference_gemm(type, 4, {activations, 1, 4}, {weights, 4, 1}, {&sum, 1, 1});
  EXPECT_EQ(sum, 32767 - 12700);
  reference_gemm(type, 2, {activations, 1, 4}, {weights, 4, 1}, {&sum, 1, 1});
  EXPECT_EQ(sum, 25400);
}

TEST(Gemm, AgreesWithTheReferenceOnRandomProducts) {
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    Product product(random_type(random), random_between(random, 1, 40), random_between(random, 1, 40),
                    random_between(random, 1, 70), random_between(random, 1, 70), random);
    product.multiply();
    ASSERT_EQ(product.sums, product.expected)
        << name_of(product.type.config) << " " << product.m << " x " << product.k << " x " << product.n;
  }
}

TEST(Gemm, IsExactOnOperandsThatSaturateNarrowInstructions) {
  for (const auto format : {pe::Format::u8s8, pe::Format::s8s8})
    for (const std::uint8_t pattern : {0xff, 0x80, 0x7f}) {
      std::mt19937 random(2);
      Product product(type_of("exact", format), 64, 37, 131, 53, random);
      std::fill(product.a.begin(), product.a.end(), pattern);
      std::fill(product.w.begin(), product.w.end(), std::int8_t{-128});
      product.multiply();
      EXPECT_EQ(product.sums[36 * 53 + 52], activation_value(format, pattern) * -128 * 131);
    }
}

TEST(Gemm, WrapsNarrowSums) {
  std::mt19937 random(3);
  for (const char* multiplier : {"exact", "truncated(4)"}) {
    Product product(type_of(multiplier, pe::Format::u8s8, 16), 8, 9, 100, 33, random);
    product.multiply();
    EXPECT_EQ(product.sums, product.expected);
  }
}

TEST(Gemm, TakesManyVectorsAndStridedOperands) {
  std::mt19937 random(4);
  const auto type = type_of("truncated(6)");
  Product product(type, 128, 8200, 9, 5, random);
  std::vector<std::int32_t> wide(8200 * 7, 99);
  Gemm(type, 128, product.weights())(product.activations(), {wide.data(), 8200, 5, 7});
  for (std::size_t m = 0; m < 8200; ++m) {
    for (std::size_t n = 0; n < 5; ++n) ASSERT_EQ(wide[m * 7 + n], product.expected[m * 5 + n]);
    ASSERT_EQ(wide[m * 7 + 5], 99) << "outside the view";
  }
}

TEST(Gemm, WorksOnSeveralThreadsAtATime) {
  std::mt19937 random(5);
  for (const char* multiplier : {"exact", "drum(4)"}) {
    const Product product(type_of(multiplier), 16, 50, 64, 40, random);
    const Gemm gemm(product.type, 16, product.weights());
    std::vector<std::vector<std::int32_t>> sums(4, std::vector<std::int32_t>(50 * 40));
    std::vector<std::thread> threads;
    for (auto& part : sums) threads.emplace_back([&] { gemm(product.activations(), {part.data(), 50, 40}); });
    for (auto& thread : threads) thread.join();
    for (const auto& part : sums) EXPECT_EQ(part, product.expected);
  }
}

TEST(Gemm, TakesThreadsThatItIsLent) {
  std::mt19937 random(7);
  for (const auto& type : {type_of("exact"), type_of("drum(4)"), type_of("mitchell"),
                           type_of("mitchell", pe::Format::u8s8, 18, pe::Overflow::saturate),
                           type_of("exact", pe::Format::s8s8, 20)}) {
    Product product(type, 16, 600, 33, 150, random);
    Gemm(product.type, 16, product.weights())(product.activations(), {product.sums.data(), 600, 150},
                                              lend_threads);
    EXPECT_EQ(product.sums, product.expected) << name_of(type.config);
  }
}

TEST(Gemm, OfNothingIsZero) {
  std::vector<std::int32_t> sums(6, 1);
  Gemm(type_of("drum(4)"), 8, {nullptr, 0, 3})({nullptr, 2, 0}, {sums.data(), 2, 3});
  EXPECT_EQ(sums, std::vector<std::int32_t>(6, 0));
}

TEST(Gemm, RefusesShapesThatDoNotAgree) {
  std::mt19937 random(6);
  Product product(type_of("exact"), 8, 4, 5, 6, random);
  const Gemm gemm(product.type, 8, product.weights());
  EXPECT_THROW(gemm({product.a.data(), 5, 4}, {product.sums.data(), 5, 4}), std::invalid_argument);
}

TEST(Gemm, NamesItsTarget) {
  EXPECT_STRNE(simd_target(), "");
}

}  // namespace
}  // namespace neartile::array
