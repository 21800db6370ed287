#pragma once

#include <stdexcept>

namespace neartile::array {

/// Shapes come from our own code, so that a mismatch is its author's mistake.
inline void require_shape(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

}  // namespace neartile::array
