#include "onnx/folding.h"

#include <fmt/format.h>

#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

template <class T>
std::vector<T> copy_elements(const std::vector<T>& source, const std::vector<std::int64_t>& dims,
                             const std::vector<std::int64_t>& strides, std::int64_t offset) {
  std::vector<T> values(*element_count(dims));
  std::vector<std::int64_t> index(dims.size(), 0);
  for (T& value : values) {
    value = source[static_cast<std::size_t>(offset)];
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      offset += strides[axis];
      if (++index[axis] < dims[axis]) break;
      offset -= strides[axis] * dims[axis];
      index[axis] = 0;
    }
  }
  return values;
}

}  // namespace

const Constant& FoldInputs::at(const OnnxNode& node, std::size_t input) const {
  const Constant* constant = find(input);
  if (!constant) node.fail(fmt::format("input {} is missing", input));
  return *constant;
}

void FoldInputs::charge(const OnnxNode& node, std::size_t elements) const {
  if (!budget->take(elements)) node.fail("constants computed in the file are too large");
}

Constant strided_copy(const Constant& source, std::vector<std::int64_t> dims,
                      const std::vector<std::int64_t>& strides, std::int64_t offset) {
  Constant result;
  std::visit([&](const auto& values) { result.data = copy_elements(values, dims, strides, offset); },
             source.data);
  result.dims = std::move(dims);
  return result;
}

std::vector<std::int64_t> strides_of(const std::vector<std::int64_t>& dims) {
  std::vector<std::int64_t> strides(dims.size(), 1);
  for (std::size_t axis = dims.size(); axis-- > 1;) strides[axis - 1] = strides[axis] * dims[axis];
  return strides;
}

const FolderTable& folders() {
  static const FolderTable table = [] {
    FolderTable all;
    add_source_folders(all);
    add_shape_folders(all);
    add_arithmetic_folders(all);
    return all;
  }();
  return table;
}

}  // namespace neartile::workloads::importer
