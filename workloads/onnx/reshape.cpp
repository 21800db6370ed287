#include "onnx/reshape.h"

#include <algorithm>

#include "onnx/slice.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {

Dimensions reshaped(OnnxNode& node, const Dimensions& dims, const Constant& target) {
  if (target.is_float() || target.elements() > 16) node.fail("its shape is not a short list of integers");
  const bool keep_zero = node.integer("allowzero", 0) == 0;
  Dimensions result = target.integers();
  std::size_t open = result.size();
  for (std::size_t axis = 0; axis < result.size(); ++axis) {
    if (result[axis] == 0 && keep_zero && axis < dims.size()) result[axis] = dims[axis];
    if (result[axis] != -1) continue;
    if (open < result.size())
      node.fail("shape " + text_of(target.integers()) + " leaves two dimensions open");
    open = axis;
    result[axis] = 1;
  }
  const auto have = element_count(dims);
  const auto want = element_count(result);
  if (open < result.size() && have && want && *want > 0 && *have % *want == 0) {
    result[open] = static_cast<std::int64_t>(*have / *want);
  }
  if (!have || element_count(result) != have) {
    node.fail("a tensor of " + text_of(dims) + " does not fit " + text_of(target.integers()));
  }
  return result;
}

Dimensions squeezed(const OnnxNode& node, const Dimensions& dims, const Dimensions& axes) {
  std::vector<bool> drop(dims.size(), false);
  for (const std::int64_t axis : axes) drop[normal_axis(node, axis, dims.size())] = true;
  Dimensions result;
  for (std::size_t axis = 0; axis < dims.size(); ++axis) {
    if (drop[axis] && dims[axis] != 1)
      node.fail("squeezes an axis of a tensor of " + text_of(dims) + " that is not 1");
    if (!drop[axis] && !(axes.empty() && dims[axis] == 1)) result.push_back(dims[axis]);
  }
  return result;
}

Dimensions unsqueezed(const OnnxNode& node, const Dimensions& dims, const Dimensions& axes) {
  const std::size_t rank = dims.size() + axes.size();
  if (axes.empty() || rank > 16) node.fail("names no axes or too many");
  std::vector<bool> fresh(rank, false);
  for (const std::int64_t axis : axes) fresh[normal_axis(node, axis, rank)] = true;
  if (static_cast<std::size_t>(std::count(fresh.begin(), fresh.end(), true)) != axes.size()) {
    node.fail("names an axis twice");
  }
  Dimensions result;
  auto next = dims.begin();
  for (std::size_t axis = 0; axis < rank; ++axis) result.push_back(fresh[axis] ? 1 : *next++);
  return result;
}

}  // namespace neartile::workloads::importer
