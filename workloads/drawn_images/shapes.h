#pragma once

#include "drawn_images/geometry.h"

namespace neartile::workloads::drawn {

/// One specimen of a class, within about kUnit round the origin; proportions vary with `random`.
Outline shape_of_class(std::size_t label, Random& random);

/// A bar from edge to edge, and a disc: for strokes and blobs that belong to no class.
Outline bar();
Outline disc();

}  // namespace neartile::workloads::drawn
