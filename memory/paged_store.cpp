#include "neartile/memory/paged_store.h"

#include <algorithm>
#include <cstring>

namespace neartile::memory {

void PagedStore::write(std::uint64_t address, const std::uint8_t* data, std::size_t bytes) {
  while (bytes > 0) {
    const std::size_t offset = address % page_bytes;
    const std::size_t part = std::min(bytes, page_bytes - offset);
    std::memcpy(page(address) + offset, data, part);
    address += part;
    data += part;
    bytes -= part;
  }
}

void PagedStore::read(std::uint64_t address, std::uint8_t* data, std::size_t bytes) const {
  while (bytes > 0) {
    const std::size_t offset = address % page_bytes;
    const std::size_t part = std::min(bytes, page_bytes - offset);
    const auto found = pages_.find(address / page_bytes);
    if (found == pages_.end()) {
      std::memset(data, 0, part);
    } else {
      std::memcpy(data, found->second->data() + offset, part);
    }
    address += part;
    data += part;
    bytes -= part;
  }
}

std::uint8_t* PagedStore::page(std::uint64_t address) {
  auto& page = pages_[address / page_bytes];
  if (!page) page = std::make_unique<Page>(Page{});
  return page->data();
}

}  // namespace neartile::memory
