#pragma once

#include "drawn_images/canvas.h"

namespace neartile::workloads::drawn {

/// One image of a class: its shape somewhere between clutter, in noise.
Canvas draw_scene(std::size_t label, Random& random);

}  // namespace neartile::workloads::drawn
