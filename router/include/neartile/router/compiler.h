#pragma once

#include "neartile/router/mapping.h"
#include "neartile/router/program.h"
#include "neartile/router/routing.h"
#include "neartile/workloads/quantisation.h"

namespace neartile::router {

/// Lowers a quantised network to a program for a completed chip configuration. Tensors that do not fit the
/// unified buffer go to external memory and back, layers that do not fit it are cut into stripes. With more
/// than one image in flight the program computes so many images, whose layers are at work side by side.
/// Throws InputError where not even a stripe fits, or a layer's encoding does not fit its PE type.
Program compile(const workloads::QuantisedNetwork& network, const Routing& routing, const ChipConfig& chip,
                const Mapping& mapping = {}, std::uint32_t images_in_flight = 1);

}  // namespace neartile::router
