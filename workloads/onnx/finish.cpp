#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "neartile/pe/base/error.h"
#include "onnx/lowering.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

std::vector<bool> needed_by(const Network& network, TensorIndex output) {
  std::vector<bool> needed(network.nodes.size() + 1, false);
  needed[output] = true;
  for (TensorIndex tensor = output; tensor > 0; --tensor) {
    if (!needed[tensor]) continue;
    for (const TensorIndex input : network.nodes[tensor - 1].inputs) needed[input] = true;
  }
  return needed;
}

void drop_unneeded(Network& network, TensorIndex output) {
  const auto needed = needed_by(network, output);
  std::vector<TensorIndex> renumbered(needed.size(), 0);
  std::vector<Node> kept;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    if (!needed[i + 1]) continue;
    for (TensorIndex& input : network.nodes[i].inputs) input = renumbered[input];
    kept.push_back(std::move(network.nodes[i]));
    renumbered[i + 1] = kept.size();
  }
  network.nodes = std::move(kept);
}

bool all_finite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

}  // namespace

void finish(Network& network, TensorIndex output, const Graph& graph) {
  if (output == 0) throw InputError(graph.file, "the network has no layers");
  drop_unneeded(network, output);
  network.nodes.back().output = graph.output;
  std::unordered_set<std::string> names;
  for (const Node& node : network.nodes) {
    if (!names.insert(node.name).second) {
      throw InputError(graph.file, "two nodes are named " + quoted(node.name) + "; names must be unique");
    }
    const auto* matrix = node.matrix();
    if (matrix && !(all_finite(matrix->weights) && all_finite(matrix->bias))) {
      throw InputError(graph.file, "node " + quoted(node.name) + " (" + node.type +
                                       "): a weight or bias is infinite or not a number");
    }
  }
}

}  // namespace neartile::workloads::importer
