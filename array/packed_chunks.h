#pragma once

#include <vector>

#include "activation_strips.h"
#include "neartile/array/packed_activations.h"

namespace neartile::array {

/// Strips of as many vectors as the kernel takes at a time, chunk by chunk.
struct PackedActivations::Chunks {
  std::size_t vectors = 0;
  std::size_t count = 0;
  std::vector<ActivationStrips> strips;  ///< the first `count` are in use
};

}  // namespace neartile::array
