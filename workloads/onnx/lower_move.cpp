#include <fmt/format.h>

#include <algorithm>

#include "onnx/lowering.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

constexpr std::int64_t most_padding = 1 << 16;

/// Exporters slice one axis after the other: a slice of a slice is one slice.
bool continue_slice(Node& before, const VectorLayer& slice) {
  auto* first = std::get_if<VectorLayer>(&before.layer);
  if (!first || first->kind != array::VectorKind::slice) return false;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    first->start[axis] += first->step[axis] * slice.start[axis];
    first->step[axis] *= slice.step[axis];
  }
  return true;
}

void lower_slice(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.whole(node, 0);
  const auto dims = lowering.dims_of(input);
  const auto slices = read_slice(node, lowering.opset(), dims, lowering.constants_of(node));
  VectorLayer layer;
  layer.kind = array::VectorKind::slice;
  std::array<std::size_t, 3> size{1, 1, 1};
  bool whole = true;
  for (std::size_t axis = 0; axis < slices.size(); ++axis) {
    const AxisSlice& slice = slices[axis];
    const bool all = slice.start == 0 && slice.count == dims[axis];
    whole = whole && all;
    if (axis == 0) {
      if (!all) node.fail("slices the batch");
      continue;
    }
    if (slice.step < 0) node.fail(fmt::format("step {}, expected a positive one", slice.step));
    if (slice.count == 0) node.fail(fmt::format("takes nothing of axis {}", axis));
    layer.start[axis - 1] = static_cast<std::size_t>(slice.start);
    layer.step[axis - 1] = static_cast<std::size_t>(std::min(slice.step, dims[axis]));
    size[axis - 1] = static_cast<std::size_t>(slice.count);
  }
  if (whole) return lowering.bind(node, input);
  if (Node* before = lowering.own_layer(input); before && continue_slice(*before, layer)) {
    before->shape = {size[0], size[1], size[2]};
    before->output = node.output();
    return lowering.bind(node, input);
  }
  lowering.emit(node, {input.tensor}, {size[0], size[1], size[2]}, layer, input.rank);
}

/// Zeros in front and behind along each axis, from the input (operator sets from 11) or the attribute.
std::vector<std::int64_t> read_pads(Lowering& lowering, OnnxNode& node, std::size_t rank) {
  const bool attributes = lowering.opset() < 11;
  const auto pads =
      attributes ? node.integers("pads") : read_list(node, lowering.constants_of(node), 1, "pads");
  const auto bad = [](std::int64_t pad) { return pad < 0 || pad > most_padding; };
  if (pads.size() != 2 * rank || std::any_of(pads.begin(), pads.end(), bad)) {
    node.fail(fmt::format("pads {}, expected {} values from 0 to {}", text_of(pads), 2 * rank, most_padding));
  }
  if (pads[0] != 0 || pads[rank] != 0) node.fail("pads the batch");
  return pads;
}

void check_padding_is_zero(Lowering& lowering, OnnxNode& node) {
  const std::string mode = node.text("mode", "constant");
  if (mode != "constant") node.fail("mode " + quoted(mode) + ", supported: constant");
  float value = lowering.opset() < 11 ? node.real("value", 0) : 0;
  if (lowering.opset() >= 11) {
    if (lowering.find_constant(node, 3)) node.fail("the input axes is not supported");
    if (const Constant* constant = lowering.find_constant(node, 2)) {
      if (!constant->is_float() || constant->elements() != 1) node.fail("its value is not one float");
      value = constant->floats()[0];
    }
  }
  if (value != 0) node.fail(fmt::format("pads with {}, supported: 0", value));
}

void lower_pad(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.whole(node, 0);
  check_padding_is_zero(lowering, node);
  const auto pads = read_pads(lowering, node, input.rank);
  if (std::all_of(pads.begin(), pads.end(), [](std::int64_t pad) { return pad == 0; })) {
    return lowering.bind(node, input);
  }
  const array::TensorShape before = lowering.shape_of(input);
  std::array<std::size_t, 3> size{before.channels, before.height, before.width};
  VectorLayer layer;
  layer.kind = array::VectorKind::pad;
  for (std::size_t axis = 1; axis < input.rank; ++axis) {
    layer.pad_before[axis - 1] = static_cast<std::size_t>(pads[axis]);
    size[axis - 1] += static_cast<std::size_t>(pads[axis] + pads[axis + input.rank]);
  }
  lowering.emit(node, {input.tensor}, {size[0], size[1], size[2]}, layer, input.rank);
}

void lower_concat(Lowering& lowering, OnnxNode& node) {
  std::vector<TensorIndex> inputs;
  array::TensorShape shape;
  const Activation first = lowering.whole(node, 0);
  for (std::size_t i = 0; i < node.inputs(); ++i) {
    const Activation part = lowering.whole(node, i);
    const array::TensorShape size = lowering.shape_of(part);
    if (i == 0) shape = {0, size.height, size.width};
    if (part.rank != first.rank || size.height != shape.height || size.width != shape.width) {
      node.fail("tensors of " + text_of(lowering.dims_of(first)) + " and " + text_of(lowering.dims_of(part)) +
                " do not fit together");
    }
    shape.channels += size.channels;
    inputs.push_back(part.tensor);
  }
  if (normal_axis(node, node.integer("axis", 1), first.rank) != 1)
    node.fail("supported along axis 1 (channels) only");
  if (inputs.size() == 1) return lowering.bind(node, first);
  VectorLayer layer;
  layer.kind = array::VectorKind::concat;
  lowering.emit(node, std::move(inputs), shape, layer, first.rank);
}

}  // namespace

void add_move_operators(OperatorTable& table) {
  table["Slice"] = {1, 5, lower_slice};
  table["Pad"] = {1, 4, lower_pad};
  table["Concat"] = {1, 1024, lower_concat};
}

}  // namespace neartile::workloads::importer
