#include "executor/steps.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>
#include <string>

#include "neartile/pe/base/error.h"

namespace neartile::workloads {
namespace {

/// PE types by name: layers on equal arrays share a truth table.
class PeTypes {
 public:
  const pe::PeType& get(const pe::PeConfig& config) {
    return types_.try_emplace(pe::name_of(config), config).first->second;
  }

 private:
  std::map<std::string, pe::PeType> types_;
};

void check_format(const Node& node, const array::Encoding& input, const pe::PeConfig& config) {
  if (input.is_signed == (config.format == pe::Format::s8s8)) return;
  throw InputError(node.name, fmt::format("PE type {} takes {} activations, found {}", pe::name_of(config),
                                          input.is_signed ? "u8" : "s8", input.is_signed ? "s8" : "u8"));
}

}  // namespace

Steps::Steps(const QuantisedNetwork& network, const std::vector<array::ArrayConfig>& arrays)
    : shapes_{network.network.input}, encodings_(network.encodings) {
  const std::vector<Node>& nodes = network.network.nodes;
  if (nodes.empty()) throw InputError(network.network.name, "expected at least one node");
  if (arrays.size() != 1 && arrays.size() != nodes.size()) {
    throw InputError(network.network.name,
                     fmt::format("expected 1 or {} arrays, found {}", nodes.size(), arrays.size()));
  }
  PeTypes types;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    shapes_.push_back(nodes[i].shape);
    if (!nodes[i].matrix()) {
      steps_.push_back({nodes[i].inputs, *nodes[i].vector()});
      continue;
    }
    const array::ArrayConfig& array = arrays[arrays.size() == 1 ? 0 : i];
    check_format(nodes[i], encodings_.at(nodes[i].inputs.at(0)), array.pe);
    steps_.push_back({nodes[i].inputs, MatrixStep(network, i, types.get(array.pe), array.rows)});
  }
}

void Steps::run_node(std::size_t node, std::span<const std::span<const std::uint8_t>> inputs,
                     std::size_t images, std::span<std::uint8_t> output, Scratch& scratch) const {
  const Step& step = steps_.at(node);
  bool fit = inputs.size() == step.inputs.size() && output.size() == images * shapes_[node + 1].elements();
  for (std::size_t i = 0; fit && i < inputs.size(); ++i) {
    fit = inputs[i].size() == images * shapes_[step.inputs[i]].elements();
  }
  if (!fit) throw std::invalid_argument(fmt::format("node {}: tensors of other sizes than its own", node));
  if (const auto* layer = std::get_if<VectorLayer>(&step.work)) {
    return run_vector(node, *layer, inputs, images, output);
  }
  std::get<MatrixStep>(step.work).run(inputs[0].data(), images, output.data(), scratch);
}

void Steps::run_vector(std::size_t node, const VectorLayer& layer,
                       std::span<const std::span<const std::uint8_t>> inputs, std::size_t images,
                       std::span<std::uint8_t> output) const {
  const array::TensorShape& out = shapes_[node + 1];
  std::vector<array::ConstTensorView> views(inputs.size());
  for (std::size_t image = 0; image < images; ++image) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const TensorIndex tensor = steps_[node].inputs[i];
      views[i] = {shapes_[tensor], encodings_[tensor], inputs[i].data() + image * shapes_[tensor].elements()};
    }
    array::apply(layer, views, {out, encodings_[node + 1], output.data() + image * out.elements()});
  }
}

void Steps::run(std::vector<std::vector<std::uint8_t>>& tensors, std::size_t images, Scratch& scratch) const {
  tensors.resize(size() + 1);
  std::vector<std::span<const std::uint8_t>> inputs;
  for (std::size_t node = 0; node < size(); ++node) {
    inputs.clear();
    for (const TensorIndex tensor : steps_[node].inputs) inputs.emplace_back(tensors[tensor]);
    tensors[node + 1].resize(images * shapes_[node + 1].elements());
    run_node(node, inputs, images, tensors[node + 1], scratch);
  }
}

}  // namespace neartile::workloads
