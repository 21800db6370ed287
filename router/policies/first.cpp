#include "policies/policies.h"

namespace neartile::router {

const Policy first_policy{
    "first", "all layers to the chip's first group",
    [](const workloads::Network& network, const ChipConfig&) { return Routing(network.nodes.size(), 0); }};

}  // namespace neartile::router
