#include "neartile/memory/paged_store.h"

#include <algorithm>
#include <cstring>

namespace neartile::memory {

void PagedStore::write(std::uint64_t address, const std::uint8_t* data, std::size_t bytes) {
  while (bytes > 0) {
    const std::size_t offset = address % page_bytes;
    const std::size_t part = std::min(bytes, page_bytes - offset);
    auto& page = pages_[address / page_bytes];
    if (!page) page = std::make_unique<Page>(Page{});
    std::memcpy(page->data() + offset, data, part);
    address += part;
    data += part;
    bytes -= part;
  }
}

void PagedStore::read(std::uint64_t address, std::uint8_t* data, std::size_t bytes) const {
  while (bytes > 0) {
    const std::size_t offset = address % page_bytes;
    const std::size_t part = std::min(bytes, page_bytes - offset);
    const auto page = pages_.find(address / page_bytes);
    if (page == pages_.end()) {
      std::memset(data, 0, part);
    } else {
      std::memcpy(data, page->second->data() + offset, part);
    }
    address += part;
    data += part;
    bytes -= part;
  }
}

}  // namespace neartile::memory
