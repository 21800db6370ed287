#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "neartile/router/program.h"

namespace neartile::router {

/// Appends a command; its number.
inline CommandIndex emit(Program& program, Command command) {
  program.commands.push_back(std::move(command));
  return static_cast<CommandIndex>(program.commands.size() - 1);
}

/// The commands to wait for as one at most: several are joined by a FENCE.
inline std::vector<CommandIndex> joined(Program& program, LayerIndex layer, std::uint32_t image,
                                        std::vector<CommandIndex> after) {
  std::ranges::sort(after);
  const auto repeated = std::ranges::unique(after);
  after.erase(repeated.begin(), repeated.end());
  if (after.size() < 2) return after;
  return {emit(program, {layer, std::move(after), Fence{}, image})};
}

}  // namespace neartile::router
