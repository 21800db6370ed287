#include "policies/policies.h"

namespace neartile::router {
namespace {

Routing spread(const workloads::Network& network, const ChipConfig& chip) {
  Routing routing(network.nodes.size(), 0);
  std::size_t turn = 0;
  for (const std::size_t node : matrix_nodes(network)) routing[node] = turn++ % chip.arrays.size();
  return routing;
}

}  // namespace

const Policy spread_policy{"spread", "layers in turn over all groups", spread};

}  // namespace neartile::router
