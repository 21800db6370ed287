#include "buffer_space.h"

#include <algorithm>

namespace neartile::router {

std::optional<std::uint64_t> BufferSpace::allocate(std::uint64_t bytes, End end) {
  constexpr std::uint64_t alignment = 64;
  if (bytes > bytes_) return std::nullopt;
  const std::uint64_t size = std::max<std::uint64_t>(1, (bytes + alignment - 1) / alignment) * alignment;
  std::optional<std::uint64_t> found;
  std::uint64_t free = 0;  // begin of the gap at hand
  const auto look_at_gap = [&](std::uint64_t gap_end) {
    if (gap_end - free < size) return;
    if (end == End::high)
      found = (gap_end - size) / alignment * alignment;
    else if (!found)
      found = free;
  };
  for (const auto& [begin, its_end] : used_) {
    look_at_gap(begin);
    free = its_end;
  }
  look_at_gap(std::max(free, bytes_));
  if (found) used_[*found] = *found + size;
  return found;
}

void BufferSpace::release(std::uint64_t address, const std::vector<CommandIndex>& users) {
  const auto range = used_.find(address);
  past_.push_back({range->first, range->second, users});
  used_.erase(range);
}

std::vector<CommandIndex> BufferSpace::take_earlier_users(std::uint64_t address) {
  const std::uint64_t end = used_.at(address);
  std::vector<CommandIndex> users;
  std::vector<Past> rest;
  for (Past& past : past_) {
    if (past.end <= address || end <= past.begin) {
      rest.push_back(std::move(past));
      continue;
    }
    users.insert(users.end(), past.users.begin(), past.users.end());
    if (past.begin < address) rest.push_back({past.begin, address, past.users});
    if (end < past.end) rest.push_back({end, past.end, past.users});
  }
  past_ = std::move(rest);
  std::ranges::sort(users);
  const auto repeated = std::ranges::unique(users);
  users.erase(repeated.begin(), repeated.end());
  return users;
}

}  // namespace neartile::router
