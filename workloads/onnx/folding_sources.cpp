#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include <cmath>

#include "onnx/folding.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

Constant fold_constant(OnnxNode& node, const FoldInputs& inputs) {
  if (const auto* tensor = node.tensor("value")) return read_constant(*tensor, node.place());
  Constant result;
  if (node.has("value_float")) {
    result.data = std::vector<float>{node.real("value_float", 0)};
  } else if (node.has("value_int")) {
    result.data = std::vector<std::int64_t>{node.integer("value_int", 0)};
  } else if (node.has("value_floats")) {
    result.data = node.reals("value_floats");
    result.dims = {static_cast<std::int64_t>(result.elements())};
  } else if (node.has("value_ints")) {
    result.data = node.integers("value_ints");
    result.dims = {static_cast<std::int64_t>(result.elements())};
  } else {
    node.fail("has no value; supported: value, value_float(s), value_int(s)");
  }
  inputs.charge(node, result.elements());
  return result;
}

Constant fold_constant_of_shape(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& shape = inputs.at(node, 0);
  if (shape.is_float() || shape.elements() > 16) node.fail("its shape is not a short list of integers");
  Constant result;
  result.dims = shape.integers();
  const auto count = element_count(result.dims);
  if (!count) node.fail("shape " + text_of(result.dims) + " is negative or too large");
  Constant value{{1}, std::vector<float>{0}};
  if (const auto* tensor = node.tensor("value")) value = read_constant(*tensor, node.place());
  if (value.elements() != 1) node.fail(fmt::format("{} values, expected 1", value.elements()));
  inputs.charge(node, *count);
  std::visit([&](auto& one) { result.data = std::decay_t<decltype(one)>(*count, one[0]); }, value.data);
  return result;
}

/// Towards zero, as ONNX says; values outside int64 are refused.
std::vector<std::int64_t> truncate(const OnnxNode& node, const std::vector<float>& values) {
  std::vector<std::int64_t> integers;
  integers.reserve(values.size());
  for (const float value : values) {
    if (!(std::fabs(value) < 9.2e18F)) node.fail("a value that is no 64-bit integer");
    integers.push_back(static_cast<std::int64_t>(value));
  }
  return integers;
}

Constant fold_cast(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  const std::int64_t to = node.integer("to", 0);
  const bool to_float =
      to == onnx::TensorProto::FLOAT || to == onnx::TensorProto::DOUBLE || to == onnx::TensorProto::FLOAT16;
  if (!to_float && to != onnx::TensorProto::INT64 && to != onnx::TensorProto::INT32) {
    node.fail(fmt::format("cast to element type {}, supported: float, int32, int64", to));
  }
  inputs.charge(node, from.elements());
  if (to_float == from.is_float()) return from;
  Constant result;
  result.dims = from.dims;
  if (to_float) {
    result.data = std::vector<float>(from.integers().begin(), from.integers().end());
  } else {
    result.data = truncate(node, from.floats());
  }
  return result;
}

Constant fold_identity(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  inputs.charge(node, from.elements());
  return from;
}

Constant fold_shape(OnnxNode& node, const FoldInputs& inputs) {
  const auto& dims = inputs.at(node, 0).dims;
  return {{static_cast<std::int64_t>(dims.size())}, dims};
}

}  // namespace

void add_source_folders(FolderTable& table) {
  table["Constant"] = fold_constant;
  table["ConstantOfShape"] = fold_constant_of_shape;
  table["Cast"] = fold_cast;
  table["Identity"] = fold_identity;
  table["Shape"] = fold_shape;
}

}  // namespace neartile::workloads::importer
