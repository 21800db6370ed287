#include "router/buffer_space.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace neartile::router {
namespace {

TEST(BufferSpace, RangesInUseNeverOverlapAndStayWithinIt) {
  constexpr std::uint64_t size = 8000;
  BufferSpace buffer(size);
  std::map<std::uint64_t, std::uint64_t> used;
  std::mt19937 random(1);
  std::size_t refused = 0;
  for (int round = 0; round < 2000; ++round) {
    if (!used.empty() && random() % 5 < 2) {
      const auto victim = std::next(used.begin(), random() % used.size());
      buffer.release(victim->first, {});
      used.erase(victim);
      continue;
    }
    const std::uint64_t bytes = random() % 1000;
    const auto address =
        buffer.allocate(bytes, random() % 2 ? BufferSpace::End::low : BufferSpace::End::high);
    if (!address) {
      ++refused;
      continue;
    }
    EXPECT_EQ(*address % 64, 0u);
    used[*address] = bytes;
    std::uint64_t end = 0;
    for (const auto& [first, length] : used) {
      ASSERT_GE(first, end);
      end = first + length;
    }
    ASSERT_LE(end, size);
  }
  EXPECT_GT(refused, 10u);
}

TEST(BufferSpace, TakesTheNearestFreeRange) {
  BufferSpace buffer(1024);
  const auto first = buffer.allocate(100);
  EXPECT_EQ(first, 0u);
  EXPECT_EQ(buffer.allocate(100), 128u);
  EXPECT_EQ(buffer.allocate(100, BufferSpace::End::high), 1024u - 128);
  buffer.release(*first, {});
  EXPECT_EQ(buffer.allocate(80), first);
  EXPECT_EQ(buffer.allocate(1024 - 3 * 128 + 1), std::nullopt);
  EXPECT_EQ(buffer.allocate(1024 - 3 * 128), 256u);
}

TEST(BufferSpace, ANewOwnerWaitsForTheUsersOfWhatItGets) {
  BufferSpace buffer(1024);
  const auto a = buffer.allocate(128), b = buffer.allocate(128), c = buffer.allocate(128);
  buffer.release(*a, {1, 2});
  buffer.release(*b, {2, 3});
  buffer.release(*c, {4});
  const auto ab = buffer.allocate(192);
  EXPECT_EQ(buffer.take_earlier_users(*ab), (std::vector<CommandIndex>{1, 2, 3}));
  const auto rest = buffer.allocate(192);
  EXPECT_EQ(buffer.take_earlier_users(*rest), (std::vector<CommandIndex>{2, 3, 4})) << "half of b, and c";
  buffer.release(*ab, {5});
  EXPECT_EQ(buffer.take_earlier_users(*buffer.allocate(64)), (std::vector<CommandIndex>{5}));
}

}  // namespace
}  // namespace neartile::router
