#include "buffer_allocator.h"

#include <algorithm>

namespace neartile::router {

std::uint64_t BufferAllocator::allocate(std::uint64_t bytes) {
  constexpr std::uint64_t alignment = 64;
  const std::uint64_t size = std::max<std::uint64_t>(1, (bytes + alignment - 1) / alignment) * alignment;
  std::uint64_t address = 0;
  for (const auto& [begin, end] : used_) {
    if (begin - address >= size) break;
    address = end;
  }
  used_[address] = address + size;
  peak_ = std::max(peak_, address + size);
  return address;
}

void BufferAllocator::release(std::uint64_t address) {
  used_.erase(address);
}

}  // namespace neartile::router
