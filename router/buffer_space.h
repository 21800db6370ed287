#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "neartile/router/program.h"

namespace neartile::router {

/// The byte ranges of a buffer, aligned to 64 bytes: which are taken, and which commands still use those that
/// no longer are.
class BufferSpace {
 public:
  explicit BufferSpace(std::uint64_t bytes) : bytes_(bytes) {}

  enum class End : std::uint8_t { low, high };
  /// Address of a free range nearest to `end`; nothing where none is long enough.
  std::optional<std::uint64_t> allocate(std::uint64_t bytes, End end = End::low);
  /// Gives the range back; `users` must be over before anyone else touches it.
  void release(std::uint64_t address, const std::vector<CommandIndex>& users);
  /// What a new owner of the range at `address` has to wait for. Asked once: whoever comes later waits for
  /// this owner.
  std::vector<CommandIndex> take_earlier_users(std::uint64_t address);

 private:
  struct Past {
    std::uint64_t begin, end;
    std::vector<CommandIndex> users;
  };
  std::uint64_t bytes_;
  std::map<std::uint64_t, std::uint64_t> used_;  // address -> end
  std::vector<Past> past_;
};

}  // namespace neartile::router
