#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "onnx/lowering.h"
#include "onnx/reshape.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

/// Binds the output to the same values with other dimensions; only [N, features] and [N, C, H, W] exist.
void bind_reshaped(Lowering& lowering, OnnxNode& node, const Dimensions& dims) {
  Activation input = lowering.activation(node, 0);
  if (dims == lowering.dims_of(input)) return lowering.bind(node, input);
  Activation other = input;
  other.rank = 4;
  if (dims == lowering.dims_of(other)) {  // the flatten before is undone
    other.flatten_name.clear();
    other.flatten_output.clear();
    return lowering.bind(node, other);
  }
  other.rank = 2;
  if (dims != lowering.dims_of(other)) {
    node.fail("from " + text_of(lowering.dims_of(input)) + " to " + text_of(dims) +
              ": supported are reshapes that flatten each image");
  }
  if (lowering.shape_of(input).pixels() > 1) {
    other.flatten_name = node.name();
    other.flatten_output = node.output();
  }
  lowering.bind(node, other);
}

void lower_flatten(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.activation(node, 0);
  const std::int64_t axis = node.integer("axis", 1);
  if (normal_axis(node, axis, input.rank) != 1) {
    node.fail(fmt::format("axis {}, supported: 1 (each image to one vector)", axis));
  }
  Activation flat = input;
  flat.rank = 2;
  bind_reshaped(lowering, node, lowering.dims_of(flat));
}

void lower_reshape(Lowering& lowering, OnnxNode& node) {
  const Constant* target = lowering.find_constant(node, 1);
  if (!target) node.fail("input 1 is missing");
  bind_reshaped(lowering, node, reshaped(node, lowering.dims_of(lowering.activation(node, 0)), *target));
}

void lower_squeeze(Lowering& lowering, OnnxNode& node) {
  const auto axes = read_list(node, lowering.constants_of(node), 1, "axes");
  bind_reshaped(lowering, node, squeezed(node, lowering.dims_of(lowering.activation(node, 0)), axes));
}

void lower_unsqueeze(Lowering& lowering, OnnxNode& node) {
  const auto axes = read_list(node, lowering.constants_of(node), 1, "axes");
  bind_reshaped(lowering, node, unsqueezed(node, lowering.dims_of(lowering.activation(node, 0)), axes));
}

void lower_identity(Lowering& lowering, OnnxNode& node) {
  lowering.bind(node, lowering.activation(node, 0));
}

void lower_dropout(Lowering& lowering, OnnxNode& node) {
  node.real("ratio", 0);
  node.integer("seed", 0);
  lower_identity(lowering, node);
}

void lower_cast(Lowering& lowering, OnnxNode& node) {
  if (node.integer("to", 0) != onnx::TensorProto::FLOAT) node.fail("supported to float only");
  lower_identity(lowering, node);
}

/// The size of a tensor is a constant, whatever its values.
void lower_shape(Lowering& lowering, OnnxNode& node) {
  auto dims = lowering.dims_of(lowering.activation(node, 0));
  lowering.bind(node, Constant{{static_cast<std::int64_t>(dims.size())}, std::move(dims)});
}

}  // namespace

void add_shape_operators(OperatorTable& table) {
  table["Flatten"] = {1, 1, lower_flatten};
  table["Reshape"] = {2, 2, lower_reshape};
  table["Squeeze"] = {1, 2, lower_squeeze};
  table["Unsqueeze"] = {1, 2, lower_unsqueeze};
  table["Identity"] = {1, 1, lower_identity};
  table["Dropout"] = {1, 3, lower_dropout};
  table["Cast"] = {1, 1, lower_cast};
  table["Shape"] = {1, 1, lower_shape};
}

}  // namespace neartile::workloads::importer
