#pragma once

#include <cstdint>

namespace neartile::array {

/// Bounds of a sum that saturates; none where sums wrap (at 32 bits).
struct Bounds {
  bool saturates = false;
  std::int32_t low = 0;
  std::int32_t high = 0;
};

}  // namespace neartile::array
