#include "neartile/pe/base/error.h"
#include "neartile/pe/multiplier.h"
#include "policies/policies.h"

namespace neartile::router {
namespace {

// A network's first and last layers bear approximation worst; they are small, too.
Routing exact_ends(const workloads::Network& network, const ChipConfig& chip) {
  std::vector<std::size_t> exact, approximate;
  for (std::size_t g = 0; g < chip.arrays.size(); ++g) {
    const pe::PeConfig& pe = chip.arrays[g].array.pe;
    (pe::make_multiplier(pe.multiplier, pe.format).exact ? exact : approximate).push_back(g);
  }
  if (exact.empty())
    throw InputError("policy exact-ends", "the chip has no exact group, expected at least one");
  if (approximate.empty()) approximate = exact;

  const std::vector<std::size_t> nodes = matrix_nodes(network);
  Routing routing(network.nodes.size(), exact.front());
  for (std::size_t i = 1; i + 1 < nodes.size(); ++i)
    routing[nodes[i]] = approximate[(i - 1) % approximate.size()];
  return routing;
}

}  // namespace

const Policy exact_ends_policy{
    "exact-ends", "first and last layer to the exact group, the others in turn over the approximate groups",
    exact_ends};

}  // namespace neartile::router
