#pragma once

#include <cstdint>
#include <map>

namespace neartile::router {

/// First-fit allocation of byte ranges, aligned to 64 bytes.
class BufferAllocator {
 public:
  /// Address of a free range of `bytes`; peak() tells how far up the ranges reached.
  std::uint64_t allocate(std::uint64_t bytes);
  void release(std::uint64_t address);
  std::uint64_t peak() const { return peak_; }

 private:
  std::map<std::uint64_t, std::uint64_t> used_;  // address -> end
  std::uint64_t peak_ = 0;
};

}  // namespace neartile::router
