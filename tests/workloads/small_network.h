#pragma once

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "neartile/workloads/quantisation.h"

namespace neartile::workloads::testing_support {

/// A matrix node with random float weights and biases that reads tensor `input`.
inline Node matrix_node(const std::string& name, const array::ConvolutionShape& shape, TensorIndex input,
                        unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  MatrixLayer layer;
  layer.shape = shape;
  layer.weights.resize(shape.out_channels * shape.k());
  layer.bias.resize(shape.out_channels);
  for (float& weight : layer.weights) weight = normal(random);
  for (float& bias : layer.bias) bias = normal(random);
  return {name, "Conv", name + "_out", {input}, shape.output(), layer};
}

inline Node vector_node(const std::string& name, const std::string& type, const VectorLayer& layer,
                        std::vector<TensorIndex> inputs, const array::TensorShape& shape) {
  return {name, type, name + "_out", std::move(inputs), shape, layer};
}

inline Network network_of(const array::TensorShape& input, std::vector<Node> nodes) {
  return {"small", input, std::move(nodes)};
}

/// Encodings under which sums of the convolution use the output's range well.
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

}  // namespace neartile::workloads::testing_support
