#include "neartile/array/packed_activations.h"

#include <gtest/gtest.h>

#include "neartile/array/array_kernel.h"
#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

TEST(PackedActivations, HaveTilesOfTheArraysRows) {
  std::mt19937 random(41);
  const auto patterns = random_patterns(random, 5 * 21);
  const PackedActivations packed({patterns.data(), 5, 21}, 9);
  EXPECT_EQ(packed.vectors(), 5u);
  ASSERT_EQ(packed.tiles(), 3u);
  EXPECT_EQ(packed.tile_rows(0), 9u);
  EXPECT_EQ(packed.tile_rows(2), 3u);
  EXPECT_EQ(PackedActivations().tiles(), 0u);
  EXPECT_THROW(PackedActivations({patterns.data(), 0, 21}, 9), std::invalid_argument);
}

// Tiles of all heights, also those that are no multiple of a strip, and more vectors than the kernel takes
// at a time; packed anew into the same memory.
TEST(PackedActivations, GiveWhatTheTilesGiveOneByOne) {
  std::mt19937 random(42);
  PackedActivations packed;
  for (const std::size_t rows : {1u, 5u, 8u, 12u, 40u})
    for (const std::size_t vectors : {3000u, 17u}) {
      const std::size_t k = 37, n = 11;
      const auto patterns = random_patterns(random, vectors * k);
      const auto weights = random_weights(random, k * n);
      const MatrixView<const std::uint8_t> a(patterns.data(), vectors, k);
      const MatrixView<const std::int8_t> w(weights.data(), k, n);
      packed.pack(a, rows);
      for (int type_number = 0; type_number < 2; ++type_number) {  // of two types, with one packing
        const auto type = random_type(random);
        const ArrayConfig config{rows, 12, type.config};
        ArrayKernel shared(config, type), alone(config, type);
        std::vector<std::int32_t> sums(vectors * n), expected(vectors * n);
        for (std::size_t tile = 0; tile < packed.tiles(); ++tile) {
          const std::size_t height = packed.tile_rows(tile);
          const auto tile_weights = w.block(tile * rows, 0, height, n);
          const auto toggles = shared.run(packed, tile, tile_weights, {sums.data(), vectors, n});
          EXPECT_EQ(to_string(toggles), to_string(alone.run(a.block(0, tile * rows, vectors, height),
                                                            tile_weights, {expected.data(), vectors, n})));
          ASSERT_EQ(sums, expected) << rows << " rows, tile " << tile;
        }
      }
    }
}

TEST(PackedActivations, AreRefusedWhereTheyDoNotFit) {
  std::mt19937 random(43);
  const auto patterns = random_patterns(random, 4 * 10);
  const PackedActivations packed({patterns.data(), 4, 10}, 8);
  ArrayKernel kernel({8, 8, {}});
  const auto weights = random_weights(random, 8);
  std::vector<std::int32_t> sums(4);
  EXPECT_NO_THROW(kernel.run(packed, 0, {weights.data(), 8, 1}, {sums.data(), 4, 1}));
  EXPECT_THROW(kernel.run(packed, 1, {weights.data(), 8, 1}, {sums.data(), 4, 1}), std::invalid_argument);
  EXPECT_THROW(kernel.run(packed, 2, {weights.data(), 2, 1}, {sums.data(), 4, 1}), std::invalid_argument);
}

}  // namespace
}  // namespace neartile::array
