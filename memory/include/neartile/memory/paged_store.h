#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace neartile::memory {

/// Bytes of a large address space of which little is touched: pages come with their first write,
/// untouched bytes read 0.
class PagedStore {
 public:
  static constexpr std::size_t page_bytes = 65536;

  void write(std::uint64_t address, const std::uint8_t* data, std::size_t bytes);
  void read(std::uint64_t address, std::uint8_t* data, std::size_t bytes) const;
  /// The page that holds the byte at `address`, from its first byte on; it stays where it is.
  std::uint8_t* page(std::uint64_t address);

 private:
  using Page = std::array<std::uint8_t, page_bytes>;
  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
};

}  // namespace neartile::memory
