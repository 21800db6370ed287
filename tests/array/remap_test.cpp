#include "array/remap.h"

#include <gtest/gtest.h>

#include "random_operands.h"

namespace neartile::array {
namespace {

using namespace testing_support;

TEST(Choose, TakesTheChosenBytesInOrder) {
  std::mt19937 random(51);
  for (int i = 0; i < 300; ++i) {
    const std::size_t size = random_between(random, 1, 300);
    const auto from = random_patterns(random, size);
    ByteChoice choice;
    std::vector<std::uint8_t> expected;
    const unsigned rarity = 1 + static_cast<unsigned>(random() % 90);
    for (std::size_t k = 0; k < size; ++k)
      if (random() % rarity == 0) {
        choice.add(k);
        expected.push_back(from[k]);
      }
    ASSERT_EQ(choice.count, expected.size());
    std::vector<std::uint8_t> to(expected.size() + choice_slack);
    choose(choice, from.data(), size, to.data());
    to.resize(expected.size());
    ASSERT_EQ(to, expected) << size;
  }
}

TEST(Remap, LooksEveryByteUpAlsoInPlace) {
  std::mt19937 random(52);
  std::array<std::uint8_t, 256> map;
  for (auto& to : map) to = static_cast<std::uint8_t>(random());
  for (std::size_t size = 1; size < 200; ++size) {
    auto bytes = random_patterns(random, size);
    auto expected = bytes;
    for (auto& byte : expected) byte = map[byte];
    remap(map, bytes.data(), size, bytes.data());
    ASSERT_EQ(bytes, expected);
  }
}

}  // namespace
}  // namespace neartile::array
