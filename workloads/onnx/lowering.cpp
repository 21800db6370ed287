#include "onnx/lowering.h"

#include <fmt/format.h>

#include <set>

#include "neartile/pe/base/error.h"
#include "onnx/folding.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

const OperatorTable& operators() {
  static const OperatorTable table = [] {
    OperatorTable all;
    add_matrix_operators(all);
    add_scale_operators(all);
    add_activation_operators(all);
    add_pool_operators(all);
    add_shape_operators(all);
    add_move_operators(all);
    return all;
  }();
  return table;
}

std::string supported() {
  std::set<std::string_view> names;
  for (const auto& [name, entry] : operators()) names.insert(name);
  for (const auto& [name, entry] : folders()) names.insert(name);
  std::string text;
  for (const auto name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace

Lowering::Lowering(const Graph& graph)
    : graph_(graph), budget_((std::size_t{1} << 24) + graph.model->ByteSizeLong()) {
  network_.input = graph.input_shape;
  activations_[graph.input] = {
      .tensor = 0, .rank = graph.input_rank, .exclusive = false, .flatten_name = {}, .flatten_output = {}};
}

Network Lowering::run() {
  for (const auto* node : graph_.nodes) lower(*node);
  const auto output = activations_.find(graph_.output);
  if (output == activations_.end()) {
    throw InputError(graph_.file, "the output " + quoted(graph_.output) + " is a constant");
  }
  if (!output->second.flatten_name.empty()) {  // the network ends in a flatten: do it
    onnx::NodeProto end;
    end.set_name(output->second.flatten_name);
    end.add_input(graph_.output);
    whole(OnnxNode(end, graph_.file), 0);
  }
  finish(network_, activations_.at(graph_.output).tensor, graph_);
  return std::move(network_);
}

void Lowering::lower(const onnx::NodeProto& proto) {
  OnnxNode node(proto, graph_.file);
  if (!proto.domain().empty() && proto.domain() != "ai.onnx") {
    node.fail("operators of domain " + quoted(proto.domain()) + " are not supported");
  }
  for (int i = 1; i < proto.output_size(); ++i) {
    if (uses(proto.output(i)) > 0) node.fail("only its first output is supported");
  }
  if (proto.output_size() == 0 || proto.output(0).empty()) node.fail("has no first output");
  if (fold(node)) return;
  const auto found = operators().find(node.type());
  if (found == operators().end()) {
    if (folders().contains(node.type())) node.fail("supported on constants only");
    node.fail("operator not supported; supported: " + supported());
  }
  const Operator& entry = found->second;
  if (node.inputs() < entry.least_inputs || node.inputs() > entry.most_inputs) {
    node.fail(
        fmt::format("{} inputs, expected {} to {}", node.inputs(), entry.least_inputs, entry.most_inputs));
  }
  entry.lower(*this, node);
  node.refuse_unread();
}

/// Computes a node all of whose inputs are constant; false where it is not one.
bool Lowering::fold(OnnxNode& node) {
  const auto folder = folders().find(node.type());
  if (folder == folders().end()) return false;
  FoldInputs inputs;
  inputs.opset = graph_.opset;
  inputs.budget = &budget_;
  for (std::size_t i = 0; i < node.inputs(); ++i) {
    if (!node.input(i).empty() && !is_constant(node.input(i))) return false;
  }
  for (std::size_t i = 0; i < node.inputs(); ++i) inputs.constants.push_back(find_constant(node, i));
  bind(node, folder->second(node, inputs));
  node.refuse_unread();
  return true;
}

std::size_t Lowering::uses(const std::string& tensor) const {
  const auto found = graph_.uses.find(tensor);
  return found == graph_.uses.end() ? 0 : found->second;
}

bool Lowering::is_constant(const std::string& tensor) {
  return constants_.contains(tensor) || graph_.initialisers.contains(tensor);
}

const Constant* Lowering::find_constant(const OnnxNode& node, std::size_t input) {
  const std::string& name = node.input(input);
  if (name.empty()) return nullptr;
  if (const auto found = constants_.find(name); found != constants_.end()) return &found->second;
  const auto stored = graph_.initialisers.find(name);
  if (stored == graph_.initialisers.end()) {
    node.fail(fmt::format("input {} ({}) must be constant", input, quoted(name)));
  }
  Constant constant = read_constant(*stored->second, graph_.file + ": tensor " + quoted(name));
  return &constants_.emplace(name, std::move(constant)).first->second;
}

const Constant& Lowering::weights(const OnnxNode& node, std::size_t input) {
  const Constant* constant = find_constant(node, input);
  if (!constant) node.fail(fmt::format("input {} is missing", input));
  if (!constant->is_float()) node.fail(fmt::format("input {} must be float", input));
  return *constant;
}

ConstantAt Lowering::constants_of(const OnnxNode& node) {
  return [this, &node](std::size_t input) { return find_constant(node, input); };
}

Activation Lowering::activation(const OnnxNode& node, std::size_t input) {
  const auto found = activations_.find(node.input(input));
  if (found == activations_.end()) {
    node.fail(fmt::format("input {} is {}, expected a tensor that depends on the network's input", input,
                          node.input(input).empty() ? "missing" : "constant"));
  }
  return found->second;
}

Activation Lowering::whole(const OnnxNode& node, std::size_t input) {
  const Activation before = activation(node, input);
  if (before.flatten_name.empty()) return before;
  VectorLayer flatten;
  flatten.kind = array::VectorKind::flatten;
  network_.nodes.push_back({before.flatten_name,
                            "Flatten",
                            before.flatten_output,
                            {before.tensor},
                            {shape_of(before).elements(), 1, 1},
                            flatten});
  const Activation after{network_.nodes.size(), 2, before.exclusive, {}, {}};
  activations_[node.input(input)] = after;
  return after;
}

Activation Lowering::spatial(const OnnxNode& node, std::size_t input) {
  const Activation found = activation(node, input);
  if (found.rank != 4) {
    node.fail("input of " + text_of(dims_of(found)) + ", expected 4 dimensions (N, C, H, W)");
  }
  return found;
}

const array::TensorShape& Lowering::shape_of(const Activation& activation) const {
  return network_.shape_of(activation.tensor);
}

std::vector<std::int64_t> Lowering::dims_of(const Activation& activation) const {
  const auto& shape = shape_of(activation);
  const auto size = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  if (activation.rank == 2) return {graph_.batch, size(shape.elements())};
  return {graph_.batch, size(shape.channels), size(shape.height), size(shape.width)};
}

Node* Lowering::own_layer(const Activation& activation) {
  if (activation.tensor == 0 || !activation.exclusive) return nullptr;
  return &network_.nodes[activation.tensor - 1];
}

void Lowering::bind(const OnnxNode& node, Activation activation) {
  activation.exclusive = activation.exclusive && uses(node.output()) == 1;
  activations_[node.output()] = std::move(activation);
}

void Lowering::bind(const OnnxNode& node, Constant constant) {
  constants_[node.output()] = std::move(constant);
}

void Lowering::emit(const OnnxNode& node, std::vector<TensorIndex> inputs, const array::TensorShape& shape,
                    std::variant<MatrixLayer, VectorLayer> layer, std::size_t rank) {
  if (!is_taken(shape)) node.fail("its output " + text_of(shape) + " is empty or larger than 2^28 elements");
  network_.nodes.push_back(
      {node.name(), node.type(), node.output(), std::move(inputs), shape, std::move(layer)});
  bind(node, Activation{network_.nodes.size(), rank, true, {}, {}});
}

void Lowering::emit_like(const OnnxNode& node, const Activation& input,
                         std::variant<MatrixLayer, VectorLayer> layer) {
  emit(node, {input.tensor}, array::TensorShape(shape_of(input)), std::move(layer), input.rank);
  Activation& output = activations_.at(node.output());
  output.flatten_name = input.flatten_name;
  output.flatten_output = input.flatten_output;
}

}  // namespace neartile::workloads::importer
