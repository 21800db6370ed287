#include "onnx/slice.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace neartile::workloads::importer {
namespace {

/// The rule of the ONNX operator Slice: negative positions count from the end, all are clamped.
AxisSlice resolve(std::int64_t start, std::int64_t end, std::int64_t step, std::int64_t dim) {
  if (start < 0) start += dim;
  if (end < 0) end += dim;
  if (step > 0) {
    start = std::clamp<std::int64_t>(start, 0, dim);
    end = std::clamp<std::int64_t>(end, 0, dim);
    return {start, step, end > start ? 1 + (end - start - 1) / step : 0};
  }
  if (dim == 0) return {0, step, 0};
  step = std::max(step, -std::numeric_limits<std::int64_t>::max());  // so that -step exists
  start = std::clamp<std::int64_t>(start, 0, dim - 1);
  end = std::clamp<std::int64_t>(end, -1, dim - 1);
  return {start, step, start > end ? 1 + (start - end - 1) / -step : 0};
}

}  // namespace

std::vector<std::int64_t> read_list(OnnxNode& node, const ConstantAt& constant_at, std::size_t input,
                                    const char* attribute) {
  auto list = node.integers(attribute);
  const Constant* constant = constant_at(input);
  if (!constant) return list;
  if (constant->is_float()) node.fail(fmt::format("its {} are not integers", attribute));
  return constant->integers();
}

std::size_t normal_axis(const OnnxNode& node, std::int64_t axis, std::size_t rank) {
  const auto size = static_cast<std::int64_t>(rank);
  if (axis < -size || axis >= size) {
    node.fail(fmt::format("axis {} of a tensor with {} dimensions", axis, rank));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + size : axis);
}

std::vector<AxisSlice> read_slice(OnnxNode& node, std::int64_t opset, const std::vector<std::int64_t>& dims,
                                  const ConstantAt& constant_at) {
  const ConstantAt none = [](std::size_t) -> const Constant* { return nullptr; };
  const ConstantAt& at = opset >= 10 ? constant_at : none;
  const auto starts = read_list(node, at, 1, "starts");
  const auto ends = read_list(node, at, 2, "ends");
  auto axes = read_list(node, at, 3, "axes");
  auto steps = read_list(node, at, 4, "steps");
  if (axes.empty()) {
    axes.resize(starts.size());
    std::iota(axes.begin(), axes.end(), 0);
  }
  if (steps.empty()) steps.assign(starts.size(), 1);
  if (starts.empty() || ends.size() != starts.size() || axes.size() != starts.size() ||
      steps.size() != starts.size()) {
    node.fail(fmt::format("{} starts, {} ends, {} axes, {} steps: expected as many of each", starts.size(),
                          ends.size(), axes.size(), steps.size()));
  }
  std::vector<AxisSlice> slices;
  for (const std::int64_t dim : dims) slices.push_back({0, 1, dim});
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t axis = normal_axis(node, axes[i], dims.size());
    if (steps[i] == 0) node.fail("a step of 0");
    slices[axis] = resolve(starts[i], ends[i], steps[i], dims[axis]);
  }
  return slices;
}

}  // namespace neartile::workloads::importer
