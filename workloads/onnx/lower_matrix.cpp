#include <fmt/format.h>

#include "onnx/lowering.h"
#include "onnx/text.h"
#include "onnx/window.h"

namespace neartile::workloads::importer {
namespace {

std::size_t size(std::int64_t dim) {
  return static_cast<std::size_t>(dim);
}

void lower_conv(Lowering& lowering, OnnxNode& node) {
  const Activation input = lowering.spatial(node, 0);
  const array::TensorShape shape = lowering.shape_of(input);
  const Constant& weights = lowering.weights(node, 1);
  const auto& dims = weights.dims;
  const std::int64_t groups = node.integer("group", 1);
  if (dims.size() != 4 || weights.elements() == 0) {
    node.fail("weights of " + text_of(dims) + ", expected 4 dimensions (O, I, H, W)");
  }
  if (groups < 1 || dims[0] % groups != 0 || shape.channels % size(groups) != 0 ||
      size(dims[1]) != shape.channels / size(groups)) {
    node.fail(fmt::format("weights of {} do not fit {} input channels in {} groups", text_of(dims),
                          shape.channels, groups));
  }
  const auto [height, width] = read_kernel(node);
  if ((height != 0 || width != 0) && (height != size(dims[2]) || width != size(dims[3]))) {
    node.fail(fmt::format("kernel_shape [{}, {}] and weights of {} differ", height, width, text_of(dims)));
  }
  MatrixLayer layer;
  layer.shape = {shape, read_window(node, shape, size(dims[2]), size(dims[3])), size(groups), size(dims[0])};
  layer.weights = weights.floats();
  layer.bias.assign(size(dims[0]), 0);
  if (const Constant* bias = lowering.find_constant(node, 2)) {
    if (!bias->is_float() || bias->elements() != layer.bias.size()) {
      node.fail(fmt::format("bias of {}, expected [{}]", text_of(bias->dims), dims[0]));
    }
    layer.bias = bias->floats();
  }
  lowering.emit(node, {input.tensor}, layer.shape.output(), std::move(layer));
}

/// Emits the product with a K x N matrix (N x K where `transposed`), K being the input's features in CHW
/// order: a convolution whose kernel is as large as the tensor, so that no flatten is needed before it.
void emit_product(Lowering& lowering, OnnxNode& node, const Constant& matrix, bool transposed, float alpha,
                  std::vector<float> bias) {
  const Activation input = lowering.activation(node, 0);
  if (input.rank != 2) {
    node.fail("input of " + text_of(lowering.dims_of(input)) + ", expected 2 dimensions (N, features)");
  }
  const array::TensorShape shape = lowering.shape_of(input);
  if (matrix.dims.size() != 2 || matrix.elements() == 0 ||
      size(matrix.dims[transposed ? 1 : 0]) != shape.elements()) {
    node.fail(
        fmt::format("weights of {} do not fit {} input features", text_of(matrix.dims), shape.elements()));
  }
  const std::size_t features = shape.elements();
  const std::size_t outputs = size(matrix.dims[transposed ? 0 : 1]);
  if (!lowering.budget().take(matrix.elements())) node.fail("its weights are too large");
  MatrixLayer layer;
  array::Window window;
  window.kernel_height = shape.height;
  window.kernel_width = shape.width;
  layer.shape = {shape, window, 1, outputs};
  layer.weights.resize(matrix.elements());
  const auto& values = matrix.floats();
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t k = 0; k < features; ++k) {
      layer.weights[o * features + k] = alpha * values[transposed ? o * features + k : k * outputs + o];
    }
  }
  layer.bias = bias.empty() ? std::vector<float>(outputs, 0) : std::move(bias);
  lowering.emit(node, {input.tensor}, {outputs, 1, 1}, std::move(layer), 2);
}

void lower_gemm(Lowering& lowering, OnnxNode& node) {
  if (node.integer("transA", 0) != 0) node.fail("transA = 1 is not supported");
  const bool transposed = node.integer("transB", 0) != 0;
  const float alpha = node.real("alpha", 1);
  const float beta = node.real("beta", 1);
  const Constant& matrix = lowering.weights(node, 1);
  if (matrix.dims.size() != 2) node.fail("weights of " + text_of(matrix.dims) + ", expected 2 dimensions");
  std::vector<float> bias;
  if (node.inputs() > 2 && !node.input(2).empty()) {
    const Constant& given = lowering.weights(node, 2);
    const std::size_t outputs = size(matrix.dims[transposed ? 0 : 1]);
    const bool scalar = given.elements() == 1;
    const bool row = given.elements() == outputs && !given.dims.empty() && given.dims.size() <= 2 &&
                     size(given.dims.back()) == outputs;
    if (!scalar && !row) node.fail(fmt::format("bias of {}, expected [{}]", text_of(given.dims), outputs));
    if (scalar && !lowering.budget().take(outputs)) node.fail("its bias is too large");
    bias.assign(outputs, scalar ? given.floats()[0] : 0);
    if (!scalar) bias = given.floats();
    for (float& value : bias) value *= beta;
  }
  emit_product(lowering, node, matrix, transposed, alpha, std::move(bias));
}

void lower_matmul(Lowering& lowering, OnnxNode& node) {
  emit_product(lowering, node, lowering.weights(node, 1), false, 1, {});
}

}  // namespace

void add_matrix_operators(OperatorTable& table) {
  table["Conv"] = {2, 3, lower_conv};
  table["Gemm"] = {2, 3, lower_gemm};
  table["MatMul"] = {2, 2, lower_matmul};
}

}  // namespace neartile::workloads::importer
