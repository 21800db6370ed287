#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "onnx/lowering.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

/// Layers that can clamp their output as they write it. Those that only move patterns cannot.
array::Clamp* fusible_clamp(Node* before) {
  using array::VectorKind;
  if (!before) return nullptr;
  if (auto* matrix = std::get_if<MatrixLayer>(&before->layer)) return &matrix->clamp;
  auto& vector = std::get<VectorLayer>(before->layer);
  switch (vector.kind) {
    case VectorKind::add:
    case VectorKind::average_pool:
    case VectorKind::global_average_pool:
    case VectorKind::concat:
    case VectorKind::clip:
      return &vector.clamp;
    default:
      return nullptr;
  }
}

void clamp_output(Lowering& lowering, OnnxNode& node, const array::Clamp& clamp) {
  Activation input = lowering.activation(node, 0);
  if (!input.exclusive) input = lowering.whole(node, 0);
  Node* before = lowering.own_layer(input);
  if (auto* fused = fusible_clamp(before)) {
    fused->minimum = std::clamp(fused->minimum, clamp.minimum, clamp.maximum);
    fused->maximum = std::clamp(fused->maximum, clamp.minimum, clamp.maximum);
    before->output = node.output();
    lowering.bind(node, input);
    return;
  }
  VectorLayer clip;
  clip.kind = array::VectorKind::clip;
  clip.clamp = clamp;
  lowering.emit_like(node, input, clip);
}

void lower_relu(Lowering& lowering, OnnxNode& node) {
  array::Clamp clamp;
  clamp.minimum = 0;
  clamp_output(lowering, node, clamp);
}

/// Bound of a Clip: an input from operator set 11, an attribute before.
double bound(Lowering& lowering, OnnxNode& node, std::size_t input, const char* attribute, double otherwise) {
  double value = otherwise;
  if (lowering.opset() < 11) {
    if (node.has(attribute)) value = node.real(attribute, 0);
  } else if (const Constant* constant = lowering.find_constant(node, input)) {
    if (!constant->is_float() || constant->elements() != 1) {
      node.fail(fmt::format("its {} is not one float", attribute));
    }
    value = constant->floats()[0];
  }
  if (std::isnan(value)) node.fail(fmt::format("its {} is not a number", attribute));
  return value;
}

void lower_clip(Lowering& lowering, OnnxNode& node) {
  array::Clamp clamp;
  clamp.minimum = bound(lowering, node, 1, "min", clamp.minimum);
  clamp.maximum = bound(lowering, node, 2, "max", clamp.maximum);
  if (clamp.minimum > clamp.maximum) {
    node.fail(fmt::format("its min {} is above its max {}", clamp.minimum, clamp.maximum));
  }
  clamp_output(lowering, node, clamp);
}

void lower_softmax(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.whole(node, 0);
  const std::size_t axis =
      normal_axis(node, node.integer("axis", lowering.opset() < 13 ? 1 : -1), input.rank);
  const array::TensorShape shape = lowering.shape_of(input);
  if (axis != 1 || shape.pixels() != 1) {
    node.fail(fmt::format("over axis {} of a tensor of {}: supported over the features of one vector", axis,
                          text_of(lowering.dims_of(input))));
  }
  VectorLayer softmax;
  softmax.kind = array::VectorKind::softmax;
  lowering.emit(node, {input.tensor}, shape, softmax, input.rank);
}

}  // namespace

void add_activation_operators(OperatorTable& table) {
  table["Relu"] = {1, 1, lower_relu};
  table["Clip"] = {1, 3, lower_clip};
  table["Softmax"] = {1, 1, lower_softmax};
}

}  // namespace neartile::workloads::importer
