#pragma once

#include <vector>

#include "neartile/router/policy.h"

namespace neartile::router {

extern const Policy first_policy;
extern const Policy spread_policy;
extern const Policy exact_ends_policy;

/// The nodes that arrays compute, in order.
std::vector<std::size_t> matrix_nodes(const workloads::Network& network);

}  // namespace neartile::router
