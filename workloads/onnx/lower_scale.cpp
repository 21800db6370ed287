#include <fmt/format.h>

#include <cmath>

#include "onnx/lowering.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

/// y = scale x + shift, one pair a channel.
struct Affine {
  std::vector<double> scale;
  std::vector<double> shift;
};

/// Changes the layer before, where it is a matrix layer that nobody else reads and has no activation.
bool fold_into(Node* before, const Affine& affine) {
  auto* matrix = before ? std::get_if<MatrixLayer>(&before->layer) : nullptr;
  if (!matrix || !(matrix->clamp == array::Clamp{}) || affine.scale.size() != matrix->bias.size())
    return false;
  const std::size_t weights = matrix->weights.size() / matrix->bias.size();
  for (std::size_t o = 0; o < matrix->bias.size(); ++o) {
    for (std::size_t k = 0; k < weights; ++k) {
      float& weight = matrix->weights[o * weights + k];
      weight = static_cast<float>(weight * affine.scale[o]);
    }
    matrix->bias[o] = static_cast<float>(matrix->bias[o] * affine.scale[o] + affine.shift[o]);
  }
  return true;
}

/// A layer of its own: a depthwise convolution with a 1 x 1 kernel.
MatrixLayer depthwise(const array::TensorShape& shape, const Affine& affine) {
  MatrixLayer layer;
  layer.shape = {shape, {}, shape.channels, shape.channels};
  layer.weights.assign(affine.scale.begin(), affine.scale.end());
  layer.bias.assign(affine.shift.begin(), affine.shift.end());
  return layer;
}

void apply_affine(Lowering& lowering, OnnxNode& node, const Activation& input, const Affine& affine) {
  Node* before = lowering.own_layer(input);
  if (fold_into(before, affine)) {
    before->output = node.output();
    lowering.bind(node, input);
    return;
  }
  if (!lowering.budget().take(2 * affine.scale.size())) node.fail("its weights are too large");
  lowering.emit_like(node, input, depthwise(lowering.shape_of(input), affine));
}

void lower_batch_normalization(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.whole(node, 0);
  const std::size_t channels = lowering.shape_of(input).channels;
  if (node.integer("training_mode", 0) != 0) node.fail("training_mode = 1 is not supported");
  if (node.integer("spatial", 1) != 1) node.fail("spatial = 0 is not supported");
  node.real("momentum", 0);  // of training only
  const double epsilon = node.real("epsilon", 1e-5F);
  const std::vector<float>* parts[4];
  for (std::size_t i = 0; i < 4; ++i) {
    const Constant& part = lowering.weights(node, i + 1);
    if (part.elements() != channels) {
      node.fail(fmt::format("input {} has {} values, expected {} (one a channel)", i + 1, part.elements(),
                            channels));
    }
    parts[i] = &part.floats();
  }
  Affine affine;
  for (std::size_t c = 0; c < channels; ++c) {
    const double scale = (*parts[0])[c] / std::sqrt((*parts[3])[c] + epsilon);
    affine.scale.push_back(scale);
    affine.shift.push_back((*parts[1])[c] - (*parts[2])[c] * scale);
  }
  apply_affine(lowering, node, input, affine);
}

/// A constant that has one value for all or one a channel, as one value a channel.
std::vector<double> per_channel(Lowering& lowering, OnnxNode& node, const Constant& constant,
                                const Activation& input) {
  const std::size_t channels = lowering.shape_of(input).channels;
  if (!constant.is_float()) node.fail("its constant must be float");
  if (!lowering.budget().take(channels)) node.fail("its constant is too large");
  if (constant.elements() == 1) return std::vector<double>(channels, constant.floats()[0]);
  const std::size_t behind = input.rank - 2;  // axes after the channels
  const auto& dims = constant.dims;
  const bool one_a_channel = constant.elements() == channels && dims.size() > behind &&
                             dims.size() <= input.rank &&
                             static_cast<std::size_t>(dims[dims.size() - 1 - behind]) == channels;
  if (!one_a_channel) {
    node.fail(fmt::format("constant of {} with a tensor of {}: supported are one value, or one a channel",
                          text_of(dims), text_of(lowering.dims_of(input))));
  }
  return {constant.floats().begin(), constant.floats().end()};
}

void add_tensors(Lowering& lowering, OnnxNode& node) {
  const Activation a = lowering.whole(node, 0);
  const Activation b = lowering.whole(node, 1);
  if (a.rank != b.rank || lowering.shape_of(a) != lowering.shape_of(b)) {
    node.fail("tensors of " + text_of(lowering.dims_of(a)) + " and " + text_of(lowering.dims_of(b)) +
              ", expected equal shapes");
  }
  VectorLayer add;
  add.kind = array::VectorKind::add;
  lowering.emit(node, {a.tensor, b.tensor}, array::TensorShape(lowering.shape_of(a)), add, a.rank);
}

/// Add, Sub, Mul, Div of a tensor and a constant.
void lower_arithmetic(Lowering& lowering, OnnxNode& node) {
  const bool first = lowering.is_constant(node.input(0));
  const std::string& type = node.type();
  if (!first && !lowering.is_constant(node.input(1))) {
    if (type == "Add") return add_tensors(lowering, node);
    node.fail("supported with a constant only");
  }
  if (first && type == "Div") node.fail("a constant divided by a tensor is not supported");
  const Constant& constant = *lowering.find_constant(node, first ? 0 : 1);
  const bool scalar = constant.elements() == 1;
  const Activation input =
      scalar ? lowering.activation(node, first ? 1 : 0) : lowering.whole(node, first ? 1 : 0);
  std::vector<double> values = per_channel(lowering, node, constant, input);
  Affine affine{std::vector<double>(values.size(), 1), std::vector<double>(values.size(), 0)};
  if (type == "Mul") {
    affine.scale = std::move(values);
  } else if (type == "Div") {
    for (std::size_t c = 0; c < values.size(); ++c) affine.scale[c] = 1 / values[c];
  } else if (type == "Add") {
    affine.shift = std::move(values);
  } else {  // x - c, or c - x
    for (double& value : values) value = first ? value : -value;
    affine.shift = std::move(values);
    if (first) affine.scale.assign(affine.shift.size(), -1);
  }
  apply_affine(lowering, node, input, affine);
}

}  // namespace

void add_scale_operators(OperatorTable& table) {
  table["BatchNormalization"] = {5, 5, lower_batch_normalization};
  for (const char* type : {"Add", "Sub", "Mul", "Div"}) table[type] = {2, 2, lower_arithmetic};
}

}  // namespace neartile::workloads::importer
