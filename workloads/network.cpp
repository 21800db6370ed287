#include "neartile/workloads/network.h"

namespace neartile::workloads {

std::uint64_t Network::macs() const {
  std::uint64_t total = 0;
  for (const Node& node : nodes) {
    if (const auto* matrix = node.matrix()) total += matrix->shape.macs();
  }
  return total;
}

}  // namespace neartile::workloads
