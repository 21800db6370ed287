#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "neartile/workloads/quantisation.h"

namespace neartile::testing_support {

/// Builds small networks with random weights, layer by layer; all tensors share one encoding, so that
/// they can be quantised without calibration.
class NetworkBuilder {
 public:
  NetworkBuilder(array::TensorShape input, unsigned seed) : random_(seed) { network_.input = input; }

  /// Each returns the index of the tensor that it makes.
  workloads::TensorIndex convolution(workloads::TensorIndex input, std::size_t out_channels,
                                     array::Window window, std::size_t groups = 1, bool relu = true) {
    workloads::MatrixLayer layer;
    layer.shape = {network_.shape_of(input), window, groups, out_channels};
    const float spread = 1.5f / std::sqrt(static_cast<float>(layer.shape.k()));
    std::normal_distribution<float> weight(0.0f, spread), bias(0.0f, 0.5f);
    layer.weights.resize(out_channels * layer.shape.k());
    for (float& w : layer.weights) w = weight(random_);
    layer.bias.resize(out_channels);
    for (float& b : layer.bias) b = bias(random_);
    if (relu) layer.clamp.minimum = 0;
    const array::TensorShape shape = layer.shape.output();
    return add({input}, "Conv", shape, std::move(layer));
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
  workloads::TensorIndex add(std::vector<workloads::TensorIndex> inputs, std::string type,
                             array::TensorShape shape, Layer layer) {
    workloads::Node node;
    node.name = "layer" + std::to_string(network_.nodes.size());
    node.type = std::move(type);
    node.output = node.name + "_out";
    node.inputs = std::move(inputs);
    node.shape = shape;
    node.layer = std::move(layer);
    network_.nodes.push_back(std::move(node));
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
