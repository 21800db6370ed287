#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "onnx/folding.h"
#include "onnx/reshape.h"
#include "onnx/slice.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

using Dims = std::vector<std::int64_t>;

Constant with_dims(OnnxNode& node, const FoldInputs& inputs, const Constant& from, Dims dims) {
  inputs.charge(node, from.elements());
  return {std::move(dims), from.data};
}

ConstantAt lookup(const FoldInputs& inputs) {
  return [&inputs](std::size_t i) { return inputs.find(i); };
}

Constant fold_reshape(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  return with_dims(node, inputs, from, reshaped(node, from.dims, inputs.at(node, 1)));
}

Constant fold_squeeze(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  return with_dims(node, inputs, from, squeezed(node, from.dims, read_list(node, lookup(inputs), 1, "axes")));
}

Constant fold_unsqueeze(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  return with_dims(node, inputs, from,
                   unsqueezed(node, from.dims, read_list(node, lookup(inputs), 1, "axes")));
}

Constant fold_slice(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  const auto slices = read_slice(node, inputs.opset, from.dims, lookup(inputs));
  Dims dims;
  Dims strides = strides_of(from.dims);
  std::int64_t offset = 0;
  for (std::size_t axis = 0; axis < slices.size(); ++axis) {
    const AxisSlice& slice = slices[axis];
    dims.push_back(slice.count);
    offset += slice.start * strides[axis];
    strides[axis] = slice.count > 1 ? strides[axis] * slice.step : 0;  // a lone step may be huge
  }
  inputs.charge(node, *element_count(dims));
  return strided_copy(from, dims, strides, offset);
}

Constant fold_transpose(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  const std::size_t rank = from.dims.size();
  Dims perm = node.integers("perm");
  if (perm.empty()) {
    perm.resize(rank);
    std::iota(perm.rbegin(), perm.rend(), 0);
  }
  Dims sorted = perm;
  std::sort(sorted.begin(), sorted.end());
  Dims identity(rank);
  std::iota(identity.begin(), identity.end(), 0);
  if (sorted != identity) node.fail("perm " + text_of(perm) + " is no order of its axes");
  const Dims strides = strides_of(from.dims);
  Dims new_dims;
  Dims new_strides;
  for (const std::int64_t axis : perm) {
    new_dims.push_back(from.dims[static_cast<std::size_t>(axis)]);
    new_strides.push_back(strides[static_cast<std::size_t>(axis)]);
  }
  inputs.charge(node, from.elements());
  return strided_copy(from, new_dims, new_strides, 0);
}

Constant fold_concat(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& first = inputs.at(node, 0);
  if (first.dims.empty() || !node.has("axis")) node.fail("needs an axis and inputs with dimensions");
  const std::size_t axis = normal_axis(node, node.integer("axis", 0), first.dims.size());
  Dims dims = first.dims;
  dims[axis] = 0;
  for (std::size_t i = 0; i < node.inputs(); ++i) {
    const Constant& part = inputs.at(node, i);
    Dims others = part.dims;
    if (others.size() == dims.size()) others[axis] = first.dims[axis];
    if (others != first.dims || part.is_float() != first.is_float())
      node.fail("its inputs do not fit together");
    dims[axis] += part.dims[axis];
  }
  const auto count = element_count(dims);
  if (!count) node.fail("its result is too large");
  inputs.charge(node, *count);
  const std::int64_t outer = std::accumulate(dims.begin(), dims.begin() + static_cast<std::ptrdiff_t>(axis),
                                             std::int64_t{1}, std::multiplies<>());
  Constant result{dims, first.data};
  std::visit(
      [&](auto& values) {
        values.clear();
        for (std::int64_t o = 0; o<outer&& * count> 0; ++o) {
          for (const Constant* part : inputs.constants) {
            const auto& from = std::get<std::decay_t<decltype(values)>>(part->data);
            const auto run = static_cast<std::ptrdiff_t>(from.size()) / outer;
            values.insert(values.end(), from.begin() + o * run, from.begin() + (o + 1) * run);
          }
        }
      },
      result.data);
  return result;
}

Constant fold_gather(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& from = inputs.at(node, 0);
  const Constant& indices = inputs.at(node, 1);
  if (from.dims.empty() || indices.is_float())
    node.fail("needs a tensor with dimensions and integer indices");
  const std::size_t axis = normal_axis(node, node.integer("axis", 0), from.dims.size());
  const auto split = from.dims.begin() + static_cast<std::ptrdiff_t>(axis);
  Dims dims(from.dims.begin(), split);
  dims.insert(dims.end(), indices.dims.begin(), indices.dims.end());
  dims.insert(dims.end(), split + 1, from.dims.end());
  const auto count = element_count(dims);
  if (!count || dims.size() > 16) node.fail("its result is too large");
  inputs.charge(node, *count);
  Constant result{dims, from.data};
  const auto inner = static_cast<std::size_t>(strides_of(from.dims)[axis]);
  const auto size = static_cast<std::size_t>(from.dims[axis]);
  const std::size_t outer = inner * size == 0 ? 0 : from.elements() / (inner * size);
  std::vector<std::size_t> places;
  for (const std::int64_t index : indices.integers()) places.push_back(normal_axis(node, index, size));
  std::visit(
      [&](auto& values) {
        const auto source = std::move(values);
        values.clear();
        for (std::size_t o = 0; o < outer; ++o) {
          for (const std::size_t at : places) {
            const auto begin = source.begin() + static_cast<std::ptrdiff_t>((o * size + at) * inner);
            values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(inner));
          }
        }
      },
      result.data);
  return result;
}

}  // namespace

void add_shape_folders(FolderTable& table) {
  table["Reshape"] = fold_reshape;
  table["Squeeze"] = fold_squeeze;
  table["Unsqueeze"] = fold_unsqueeze;
  table["Slice"] = fold_slice;
  table["Transpose"] = fold_transpose;
  table["Concat"] = fold_concat;
  table["Gather"] = fold_gather;
}

}  // namespace neartile::workloads::importer
