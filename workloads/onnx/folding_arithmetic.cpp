#include <algorithm>
#include <limits>

#include "onnx/folding.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

using Dims = std::vector<std::int64_t>;
enum class Operation { add, subtract, multiply, divide };

std::int64_t compute(const OnnxNode& node, Operation operation, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  bool overflow = false;
  switch (operation) {
    case Operation::add:
      overflow = __builtin_add_overflow(a, b, &result);
      break;
    case Operation::subtract:
      overflow = __builtin_sub_overflow(a, b, &result);
      break;
    case Operation::multiply:
      overflow = __builtin_mul_overflow(a, b, &result);
      break;
    case Operation::divide:
      overflow = b == 0 || (b == -1 && a == std::numeric_limits<std::int64_t>::min());
      if (!overflow) result = a / b;
      break;
  }
  if (overflow) node.fail("integer overflow or division by zero among constants");
  return result;
}

float compute(const OnnxNode&, Operation operation, float a, float b) {
  switch (operation) {
    case Operation::add:
      return a + b;
    case Operation::subtract:
      return a - b;
    case Operation::multiply:
      return a * b;
    case Operation::divide:
      return a / b;
  }
  return 0;
}

/// NumPy's rule: dimensions aligned at the right, 1 stretches.
Dims broadcast(const OnnxNode& node, Dims a, Dims b) {
  if (a.size() < b.size()) std::swap(a, b);
  const std::size_t shift = a.size() - b.size();
  for (std::size_t axis = shift; axis < a.size(); ++axis) {
    const std::int64_t other = b[axis - shift];
    if (a[axis] == 1) {
      a[axis] = other;
    } else if (other != 1 && other != a[axis]) {
      node.fail("constants of " + text_of(a) + " and " + text_of(b) + " do not fit together");
    }
  }
  return a;
}

Constant stretched(const Constant& from, const Dims& dims) {
  if (from.dims == dims) return from;
  const Dims own = strides_of(from.dims);
  Dims strides(dims.size(), 0);
  const std::size_t shift = dims.size() - from.dims.size();
  for (std::size_t axis = 0; axis < from.dims.size(); ++axis) {
    if (from.dims[axis] != 1) strides[axis + shift] = own[axis];
  }
  return strided_copy(from, dims, strides, 0);
}

template <Operation operation>
Constant fold_binary(OnnxNode& node, const FoldInputs& inputs) {
  const Constant& a = inputs.at(node, 0);
  const Constant& b = inputs.at(node, 1);
  if (a.is_float() != b.is_float()) node.fail("mixes float and integer constants");
  const Dims dims = broadcast(node, a.dims, b.dims);
  const auto count = element_count(dims);
  if (!count) node.fail("its result is too large");
  inputs.charge(node, 2 * *count);
  Constant result = stretched(a, dims);
  const Constant right = stretched(b, dims);
  std::visit(
      [&](auto& values) {
        const auto& others = std::get<std::decay_t<decltype(values)>>(right.data);
        for (std::size_t i = 0; i < values.size(); ++i) {
          values[i] = compute(node, operation, values[i], others[i]);
        }
      },
      result.data);
  return result;
}

}  // namespace

void add_arithmetic_folders(FolderTable& table) {
  table["Add"] = fold_binary<Operation::add>;
  table["Sub"] = fold_binary<Operation::subtract>;
  table["Mul"] = fold_binary<Operation::multiply>;
  table["Div"] = fold_binary<Operation::divide>;
}

}  // namespace neartile::workloads::importer
