#include "neartile/workloads/drawn_network.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace neartile::workloads {
namespace {

using array::TensorShape;
using array::VectorKind;

// Of a vector layer the table has the output: the least input that gives it.
TensorShape input_of(const Node& node) {
  if (const auto* matrix = node.matrix()) return matrix->shape.input;
  const array::VectorOp& op = *node.vector();
  if (op.kind == VectorKind::global_average_pool) return {node.shape.channels, 1, 1};
  const auto size = [](std::size_t places, std::size_t stride, std::size_t kernel, std::size_t padding) {
    const std::size_t padded = (places - 1) * stride + kernel;
    return padded - std::min(padded - 1, padding);
  };
  const array::Window& w = op.window;
  return {node.shape.channels,
          size(node.shape.height, w.stride_height, w.kernel_height, w.pad_top + w.pad_bottom),
          size(node.shape.width, w.stride_width, w.kernel_width, w.pad_left + w.pad_right)};
}

bool fits(const Node& node, const TensorShape& input) {
  if (node.matrix()) return input == input_of(node);
  if (input.channels != node.shape.channels) return false;
  const array::VectorOp& op = *node.vector();
  return op.kind == VectorKind::global_average_pool ||
         (op.window.out_height(input.height) == node.shape.height &&
          op.window.out_width(input.width) == node.shape.width);
}

std::optional<TensorIndex> latest_that_fits(const Network& network, const Node& node) {
  for (TensorIndex t = network.nodes.size() + 1; t-- > 0;)
    if (fits(node, network.shape_of(t))) return t;
  return std::nullopt;
}

TensorIndex add_vector(Network& network, const std::string& name, const char* type, VectorKind kind,
                       TensorIndex input, const TensorShape& shape) {
  array::VectorOp op;
  op.kind = kind;
  network.nodes.push_back({name, type, name, {input}, shape, op});
  return network.nodes.size();
}

TensorIndex reshaped(Network& network, const std::string& name, const TensorShape& shape) {
  TensorIndex tensor = network.nodes.size();
  const TensorShape from = network.shape_of(tensor);
  const TensorShape cut{std::min(from.channels, shape.channels), std::min(from.height, shape.height),
                        std::min(from.width, shape.width)};
  if (!(cut == from)) tensor = add_vector(network, name + ".cut", "Slice", VectorKind::slice, tensor, cut);
  if (!(cut == shape)) tensor = add_vector(network, name + ".padded", "Pad", VectorKind::pad, tensor, shape);
  return tensor;
}

int zero_point_of(const OperandSettings& settings, pe::Format format) {
  return settings.usual.activations == ActivationKind::centred && format == pe::Format::u8s8 ? 128 : 0;
}

// Sums of k products of independent operands have sqrt(k) times the spread of one.
QuantisedMatrix matrix_of(const OperandStatistics& statistics, const array::ConvolutionShape& shape,
                          std::vector<std::int8_t> weights, int zero_point) {
  QuantisedMatrix matrix;
  const double share = 1 - statistics.zero_percent / 100;
  const double sum_sigma = statistics.weight_sigma * std::sqrt(static_cast<double>(shape.k()) * share);
  matrix.weight_scale.assign(shape.out_channels, 1);
  matrix.bias.assign(shape.out_channels, 0);
  matrix.multiplier.assign(shape.out_channels, sum_sigma > 0 ? 1 / sum_sigma : 1);
  matrix.correction.assign(shape.out_channels, 0);
  const std::size_t n = shape.n(), k = shape.k();
  for (std::size_t i = 0; i < weights.size(); ++i)
    matrix.correction[i / (n * k) * n + i % n] -= zero_point * weights[i];
  matrix.weights = std::move(weights);
  return matrix;
}

}  // namespace

Network connect(const Network& table) {
  Network network{table.name, table.input, {}};
  for (const Node& row : table.nodes) {
    Node node = row;
    const auto found = latest_that_fits(network, node);
    node.inputs = {found ? *found : reshaped(network, node.name, input_of(node))};
    network.nodes.push_back(std::move(node));
  }
  return network;
}

QuantisedNetwork draw_network(const OperandSettings& settings, const Network& table, pe::Format format) {
  QuantisedNetwork drawn{connect(table), {}, {}};
  const int zero_point = zero_point_of(settings, format);
  drawn.encodings.assign(drawn.network.nodes.size() + 1, {1, zero_point, format == pe::Format::s8s8});
  drawn.matrices.resize(drawn.network.nodes.size());
  for (std::size_t row = 0, node = 0; row < table.nodes.size(); ++row, ++node) {
    while (drawn.network.nodes[node].name != table.nodes[row].name) ++node;
    auto* matrix = std::get_if<MatrixLayer>(&drawn.network.nodes[node].layer);
    if (!matrix) continue;
    const OperandStatistics& statistics = statistics_of(settings, table.nodes[row].name);
    if (statistics.activations == ActivationKind::relu) matrix->clamp.minimum = 0;
    drawn.matrices[node] =
        matrix_of(statistics, matrix->shape, draw_operands(settings, table, row, format).weights, zero_point);
  }
  return drawn;
}

}  // namespace neartile::workloads
