#include "neartile/memory/paged_store.h"

#include <map>
#include <random>
#include <vector>

namespace neartile::memory {
namespace {

TEST(PagedStore, ReadsZerosWhereNothingWasWritten) {
  PagedStore store;
  std::vector<std::uint8_t> bytes(100, 7);
  store.read(std::uint64_t{1} << 40, bytes.data(), bytes.size());
  EXPECT_EQ(bytes, std::vector<std::uint8_t>(100, 0));
}

TEST(PagedStore, BehavesLikeAMapOfBytesAcrossPages) {
  PagedStore store;
  std::map<std::uint64_t, std::uint8_t> judge;
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    const std::uint64_t address = random() % 300'000;
    std::vector<std::uint8_t> bytes(random() % 40'000);
    if (round % 2 == 0) {
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(random());
        judge[address + i] = bytes[i];
      }
      store.write(address, bytes.data(), bytes.size());
    } else {
      store.read(address, bytes.data(), bytes.size());
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto expected = judge.find(address + i);
        ASSERT_EQ(bytes[i], expected == judge.end() ? 0 : expected->second) << address + i;
      }
    }
  }
}

}  // namespace
}  // namespace neartile::memory
