#pragma once

#include "neartile/router/mapping.h"
#include "neartile/router/program.h"
#include "neartile/router/routing.h"
#include "neartile/workloads/quantisation.h"

namespace neartile::router {

/// Lowers a quantised network to a program for a completed chip configuration. Throws InputError where a
/// tensor set does not fit the unified buffer, or a layer's encoding does not fit its PE type.
Program compile(const workloads::QuantisedNetwork& network, const Routing& routing, const ChipConfig& chip,
                const Mapping& mapping = {});

}  // namespace neartile::router
