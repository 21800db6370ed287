#include "router/buffer_allocator.h"

#include <map>
#include <random>

namespace neartile::router {
namespace {

TEST(BufferAllocator, RangesInUseNeverOverlap) {
  BufferAllocator buffer;
  std::map<std::uint64_t, std::uint64_t> used;
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    if (!used.empty() && random() % 2 == 0) {
      const auto victim = std::next(used.begin(), random() % used.size());
      buffer.release(victim->first);
      used.erase(victim);
      continue;
    }
    const std::uint64_t bytes = random() % 1000;
    const std::uint64_t address = buffer.allocate(bytes);
    EXPECT_EQ(address % 64, 0u);
    used[address] = bytes;
    std::uint64_t end = 0;
    for (const auto& [first, size] : used) {
      ASSERT_GE(first, end);
      end = first + size;
    }
    EXPECT_GE(buffer.peak(), end);
  }
}

TEST(BufferAllocator, AFreedRangeIsUsedAgain) {
  BufferAllocator buffer;
  const auto first = buffer.allocate(100);
  buffer.allocate(100);
  buffer.release(first);
  EXPECT_EQ(buffer.allocate(80), first);
  EXPECT_EQ(buffer.peak(), 256u);
}

}  // namespace
}  // namespace neartile::router
