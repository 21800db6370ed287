#include <fmt/format.h>

#include <algorithm>

#include "onnx/lowering.h"
#include "onnx/text.h"
#include "onnx/window.h"

namespace neartile::workloads::importer {
namespace {

using array::VectorKind;

/// True where rounding up finds one place more than rounding down (the window starting inside the input).
bool rounds_up(std::size_t size, std::size_t before, std::size_t after, std::size_t kernel,
               std::size_t dilation, std::size_t stride) {
  const std::size_t padded = size + before + after;
  const std::size_t rest = (padded - (kernel - 1) * dilation - 1) % stride;
  const std::size_t next = array::Window::places(padded, kernel, dilation, stride) * stride;
  return rest != 0 && next < size + before;
}

void lower_pool(Lowering& lowering, OnnxNode& node, VectorKind kind) {
  const Activation input = lowering.spatial(node, 0);
  const array::TensorShape shape = lowering.shape_of(input);
  const auto [height, width] = read_kernel(node);
  if (height == 0) node.fail("has no kernel_shape");
  const array::Window window = read_window(node, shape, height, width);
  if (std::max(window.pad_top, window.pad_bottom) > (height - 1) * window.dilation_height ||
      std::max(window.pad_left, window.pad_right) > (width - 1) * window.dilation_width) {
    node.fail("its padding is as large as its kernel");
  }
  if (node.integer("ceil_mode", 0) != 0 && (rounds_up(shape.height, window.pad_top, window.pad_bottom, height,
                                                      window.dilation_height, window.stride_height) ||
                                            rounds_up(shape.width, window.pad_left, window.pad_right, width,
                                                      window.dilation_width, window.stride_width))) {
    node.fail("ceil_mode = 1 is supported only where it changes nothing; here " + text_of(shape) +
              " does not divide into whole windows");
  }
  VectorLayer pool;
  pool.kind = kind;
  pool.window = window;
  if (kind == VectorKind::average_pool) pool.count_padding = node.integer("count_include_pad", 0) != 0;
  lowering.emit(node, {input.tensor},
                {shape.channels, window.out_height(shape.height), window.out_width(shape.width)}, pool);
}

void lower_max_pool(Lowering& lowering, OnnxNode& node) {
  if (node.integer("storage_order", 0) != 0) node.fail("storage_order = 1 is not supported");
  lower_pool(lowering, node, VectorKind::max_pool);
}

void lower_average_pool(Lowering& lowering, OnnxNode& node) {
  const auto dilations = node.integers("dilations");
  if (std::any_of(dilations.begin(), dilations.end(), [](std::int64_t d) { return d != 1; })) {
    node.fail("dilations are not supported");
  }
  lower_pool(lowering, node, VectorKind::average_pool);
}

void emit_global(Lowering& lowering, OnnxNode& node, const Activation& input, VectorLayer pool,
                 std::size_t rank) {
  lowering.emit(node, {input.tensor}, {lowering.shape_of(input).channels, 1, 1}, pool, rank);
}

void lower_global_average_pool(Lowering& lowering, OnnxNode& node) {
  VectorLayer pool;
  pool.kind = VectorKind::global_average_pool;
  emit_global(lowering, node, lowering.spatial(node, 0), pool, 4);
}

void lower_global_max_pool(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.spatial(node, 0);
  VectorLayer pool;
  pool.kind = VectorKind::max_pool;
  pool.window.kernel_height = lowering.shape_of(input).height;
  pool.window.kernel_width = lowering.shape_of(input).width;
  emit_global(lowering, node, input, pool, 4);
}

/// The mean over both spatial axes, as some exporters write global average pooling.
void lower_reduce_mean(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.spatial(node, 0);
  auto axes = read_list(node, lowering.constants_of(node), 1, "axes");
  for (std::int64_t& axis : axes) axis = static_cast<std::int64_t>(normal_axis(node, axis, 4));
  std::sort(axes.begin(), axes.end());
  if (axes != std::vector<std::int64_t>{2, 3} || node.integer("noop_with_empty_axes", 0) != 0) {
    node.fail("axes " + text_of(axes) + ", supported: [2, 3] (height and width)");
  }
  VectorLayer pool;
  pool.kind = VectorKind::global_average_pool;
  emit_global(lowering, node, input, pool, node.integer("keepdims", 1) != 0 ? 4 : 2);
}

}  // namespace

void add_pool_operators(OperatorTable& table) {
  table["MaxPool"] = {1, 1, lower_max_pool};
  table["AveragePool"] = {1, 1, lower_average_pool};
  table["GlobalAveragePool"] = {1, 1, lower_global_average_pool};
  table["GlobalMaxPool"] = {1, 1, lower_global_max_pool};
  table["ReduceMean"] = {1, 2, lower_reduce_mean};
}

}  // namespace neartile::workloads::importer
