#include "float/plan.h"

#include <fmt/format.h>

#include "neartile/pe/base/error.h"

namespace neartile::workloads {

FloatPlan::FloatPlan(const Network& network) : network_(network), dying_(network.nodes.size()) {
  std::vector<std::size_t> last(network.nodes.size() + 1, network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const auto* matrix = network.nodes[i].matrix();
    packed_.push_back(matrix ? pack_weights(*matrix) : std::vector<float>{});
    for (const TensorIndex input : network.nodes[i].inputs) last[input] = i;
  }
  for (TensorIndex tensor = 0; tensor < last.size(); ++tensor) {
    if (last[tensor] < dying_.size()) dying_[last[tensor]].push_back(tensor);
  }
}

std::vector<float> FloatPlan::run_node(std::size_t node,
                                       const std::vector<std::vector<float>>& tensors) const {
  const Node& what = network_.nodes[node];
  if (const auto* matrix = what.matrix()) {
    return float_convolution(*matrix, packed_[node], tensors[what.inputs[0]]);
  }
  std::vector<FloatTensor> inputs;
  for (const TensorIndex input : what.inputs) inputs.push_back({network_.shape_of(input), tensors[input]});
  return float_vector_op(*what.vector(), inputs, what.shape);
}

std::vector<float> FloatPlan::run(std::vector<float> input, const TensorObserver& observe) const {
  if (input.size() != network_.input.elements()) {
    throw InputError(network_.name,
                     fmt::format("{} input values, expected {}", input.size(), network_.input.elements()));
  }
  std::vector<std::vector<float>> tensors(network_.nodes.size() + 1);
  tensors[0] = std::move(input);
  if (observe) observe(0, tensors[0]);
  for (std::size_t node = 0; node < network_.nodes.size(); ++node) {
    tensors[node + 1] = run_node(node, tensors);
    if (observe) observe(node + 1, tensors[node + 1]);
    for (const TensorIndex dead : dying_[node]) tensors[dead] = {};
  }
  return to_chw({network_.shape_of(network_.nodes.size()), tensors.back()});
}

}  // namespace neartile::workloads
