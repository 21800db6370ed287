#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "neartile/workloads/quantisation.h"

namespace neartile::testing_support {

/// Random weights and biases of normal distributions with these standard deviations.
inline workloads::MatrixLayer random_layer(const array::ConvolutionShape& shape, float weight_deviation,
                                           float bias_deviation, std::mt19937& random) {
  std::normal_distribution<float> weight(0.0f, weight_deviation), bias(0.0f, bias_deviation);
  workloads::MatrixLayer layer;
  layer.shape = shape;
  layer.weights.resize(shape.out_channels * shape.k());
  for (float& w : layer.weights) w = weight(random);
  layer.bias.resize(shape.out_channels);
  for (float& b : layer.bias) b = bias(random);
  return layer;
}

/// A node whose output is named after it.
template <class Layer>
workloads::Node node_of(const std::string& name, const std::string& type, Layer layer,
                        std::vector<workloads::TensorIndex> inputs, const array::TensorShape& shape) {
  return {name, type, name + "_out", std::move(inputs), shape, std::move(layer)};
}

/// A matrix node with random weights and biases that reads tensor `input`.
inline workloads::Node matrix_node(const std::string& name, const array::ConvolutionShape& shape,
                                   workloads::TensorIndex input, unsigned seed) {
  std::mt19937 random(seed);
  return node_of(name, "Conv", random_layer(shape, 1, 1, random), {input}, shape.output());
}

inline workloads::Network network_of(const array::TensorShape& input, std::vector<workloads::Node> nodes) {
  return {"small", input, std::move(nodes)};
}

/// Encodings under which sums of a matrix_node() use the output's range well.
inline std::vector<array::Encoding> encodings_for(const array::ConvolutionShape& shape, bool is_signed) {
  const double spread = 0.02 * std::sqrt(static_cast<double>(shape.k()));
  if (is_signed) return {{0.01, 0, true}, {spread, 0, true}};
  return {{0.01, 113, false}, {spread, 120, false}};
}

inline std::vector<std::uint8_t> random_patterns(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> patterns(count);
  for (auto& pattern : patterns) pattern = static_cast<std::uint8_t>(random());
  return patterns;
}

/// Builds small networks with random weights, layer by layer; all tensors share one encoding, so that
/// they can be quantised without calibration.
class NetworkBuilder {
 public:
  NetworkBuilder(array::TensorShape input, unsigned seed) : random_(seed) { network_.input = input; }

  /// Each returns the index of the tensor that it makes.
  workloads::TensorIndex convolution(workloads::TensorIndex input, std::size_t out_channels,
                                     array::Window window, std::size_t groups = 1, bool relu = true) {
    const array::ConvolutionShape shape{network_.shape_of(input), window, groups, out_channels};
    workloads::MatrixLayer layer =
        random_layer(shape, 1.5f / std::sqrt(static_cast<float>(shape.k())), 0.5f, random_);
    if (relu) layer.clamp.minimum = 0;
    return add({input}, "Conv", shape.output(), std::move(layer));
  }

  workloads::TensorIndex vector(std::vector<workloads::TensorIndex> inputs, array::VectorOp op,
                                array::TensorShape shape) {
    return add(std::move(inputs), "Vector", shape, op);
  }

  workloads::TensorIndex fully_connected(workloads::TensorIndex input, std::size_t outputs) {
    array::Window window;
    window.kernel_height = network_.shape_of(input).height;
    window.kernel_width = network_.shape_of(input).width;
    return convolution(input, outputs, window, 1, false);
  }

  const workloads::Network& network() const { return network_; }

  workloads::QuantisedNetwork quantise(bool is_signed = false) const {
    const array::Encoding encoding{0.03, is_signed ? 0 : 100, is_signed};
    return workloads::quantise(network_, std::vector(network_.nodes.size() + 1, encoding));
  }

 private:
  template <class Layer>
  workloads::TensorIndex add(std::vector<workloads::TensorIndex> inputs, const std::string& type,
                             array::TensorShape shape, Layer layer) {
    const std::string name = "layer" + std::to_string(network_.nodes.size());
    network_.nodes.push_back(node_of(name, type, std::move(layer), std::move(inputs), shape));
    return network_.nodes.size();
  }

  std::mt19937 random_;
  workloads::Network network_;
};

inline array::Window window(std::size_t kernel, std::size_t stride = 1, std::size_t pad = 0) {
  array::Window w;
  w.kernel_height = w.kernel_width = kernel;
  w.stride_height = w.stride_width = stride;
  w.pad_top = w.pad_left = w.pad_bottom = w.pad_right = pad;
  return w;
}

/// A network with one of everything: convolutions with stride, groups and one per channel, a residual
/// sum, pooling, concatenation, a fully connected layer.
inline NetworkBuilder network_of_everything(unsigned seed) {
  using array::VectorKind;
  NetworkBuilder net({3, 10, 9}, seed);
  const auto stem = net.convolution(0, 8, window(3, 1, 1));
  const auto inner = net.convolution(stem, 8, window(3, 1, 1), 1, false);
  array::VectorOp sum;
  sum.kind = VectorKind::add;
  sum.clamp.minimum = 0;
  const auto residual = net.vector({inner, stem}, sum, {8, 10, 9});
  const auto depthwise = net.convolution(residual, 8, window(3, 1, 1), 8);
  const auto grouped = net.convolution(depthwise, 12, window(3, 2, 1), 2);
  array::VectorOp pool;
  pool.kind = VectorKind::max_pool;
  pool.window = window(2, 2);
  const auto pooled = net.vector({depthwise}, pool, {8, 5, 4});
  const auto pointwise = net.convolution(pooled, 20, window(1));
  array::Window wide = window(2);
  wide.pad_right = 2;
  const auto squeezed = net.convolution(pointwise, 6, wide, 1, true);
  array::VectorOp concat;
  concat.kind = VectorKind::concat;
  const auto widened = net.convolution(grouped, 12, window(2), 1, true);
  const auto both =
      net.vector({squeezed, net.convolution(widened, 5, array::Window{1, 1, 1, 1, 1, 1, 0, 0, 0, 1})}, concat,
                 {11, 4, 5});
  array::VectorOp average;
  average.kind = VectorKind::average_pool;
  average.window = window(2, 1);
  const auto averaged = net.vector({both}, average, {11, 3, 4});
  net.fully_connected(averaged, 10);
  return net;
}

}  // namespace neartile::testing_support
