#include "neartile/workloads/quantisation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "neartile/pe/base/error.h"

namespace neartile::workloads {
namespace {

constexpr int largest_weight = 127;

std::int32_t to_int32(double value, const Node& node, std::size_t channel) {
  constexpr double limit = std::numeric_limits<std::int32_t>::max();
  if (!(std::abs(value) <= limit)) {
    throw InputError(node.name,
                     fmt::format("integer bias {} of channel {} does not fit 32 bits", value, channel));
  }
  return static_cast<std::int32_t>(value);
}

/// True where a convolution makes sense and links its input tensor to the node's output.
bool is_consistent(const array::ConvolutionShape& shape, const array::TensorShape& input,
                   const array::TensorShape& output) {
  const array::Window& window = shape.window;
  const bool steps = window.stride_height > 0 && window.stride_width > 0 && window.kernel_height > 0 &&
                     window.kernel_width > 0;
  const bool groups =
      shape.groups > 0 && shape.input.channels % shape.groups == 0 && shape.out_channels % shape.groups == 0;
  return steps && groups && shape.k() > 0 && shape.m() > 0 && shape.input == input &&
         shape.output() == output;
}

void check_inputs(const Network& network, std::size_t node) {
  const Node& at = network.nodes[node];
  for (const TensorIndex input : at.inputs) {
    if (input > node) throw InputError(at.name, fmt::format("reads tensor {}, which comes after it", input));
  }
  if (at.inputs.empty()) throw InputError(at.name, "expected an input");
}

void check_layer(const Network& network, const Node& node, const MatrixLayer& layer) {
  const array::ConvolutionShape& shape = layer.shape;
  if (!is_consistent(shape, network.shape_of(node.inputs[0]), node.shape)) {
    throw InputError(node.name, "shapes of input, window and output do not fit together");
  }
  if (layer.weights.size() != shape.out_channels * shape.k() || layer.bias.size() != shape.out_channels) {
    throw InputError(node.name, fmt::format("expected {} weights and {} biases, found {} and {}",
                                            shape.out_channels * shape.k(), shape.out_channels,
                                            layer.weights.size(), layer.bias.size()));
  }
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(layer.weights.begin(), layer.weights.end(), finite) ||
      !std::all_of(layer.bias.begin(), layer.bias.end(), finite)) {
    throw InputError(node.name, "weights and biases must be finite numbers");
  }
}

double scale_of(std::span<const float> weights) {
  float largest = 0;
  for (const float weight : weights) largest = std::max(largest, std::abs(weight));
  return largest == 0 ? 1.0 : double{largest} / largest_weight;
}

/// Quantises one output channel from its place in OIHW order to its column of the group's K x N block;
/// returns the sum of its integers.
std::int64_t quantise_channel(const MatrixLayer& layer, std::size_t channel, double scale,
                              std::vector<std::int8_t>& out) {
  const array::ConvolutionShape& shape = layer.shape;
  const std::size_t taps = shape.window.kernel_height * shape.window.kernel_width;
  const std::size_t n = shape.n();
  const float* weights = layer.weights.data() + channel * shape.k();
  std::int8_t* column = out.data() + channel / n * shape.k() * n + channel % n;
  std::int64_t sum = 0;
  for (std::size_t c = 0; c < shape.group_channels(); ++c) {
    for (std::size_t tap = 0; tap < taps; ++tap) {
      const auto integer = static_cast<std::int8_t>(std::nearbyint(double{weights[c * taps + tap]} / scale));
      column[(tap * shape.group_channels() + c) * n] = integer;
      sum += integer;
    }
  }
  return sum;
}

QuantisedMatrix quantise_matrix(const Node& node, const MatrixLayer& layer, const array::Encoding& input,
                                const array::Encoding& output) {
  QuantisedMatrix matrix;
  matrix.weights.resize(layer.weights.size());
  const std::size_t k = layer.shape.k();
  for (std::size_t channel = 0; channel < layer.shape.out_channels; ++channel) {
    const double scale = scale_of(std::span(layer.weights).subspan(channel * k, k));
    const std::int64_t sum = quantise_channel(layer, channel, scale, matrix.weights);
    const double bias = std::nearbyint(double{layer.bias[channel]} / (input.scale * scale));
    const double correction = bias - static_cast<double>(input.zero_point * sum);
    matrix.weight_scale.push_back(scale);
    matrix.bias.push_back(to_int32(bias, node, channel));
    matrix.correction.push_back(to_int32(correction, node, channel));
    matrix.multiplier.push_back(input.scale * scale / output.scale);
  }
  return matrix;
}

void check_vector(const QuantisedNetwork& network, std::size_t node, const VectorLayer& layer) {
  const Node& at = network.network.nodes[node];
  if (array::keeps_encoding(layer.kind) &&
      network.encodings[at.inputs.at(0)] != network.encodings[node + 1]) {
    throw InputError(at.name, at.type + " must keep its input's encoding");
  }
}

void check_encodings(const Network& network, const std::vector<array::Encoding>& encodings) {
  if (encodings.size() != network.nodes.size() + 1) {
    throw InputError(network.name, fmt::format("expected {} encodings, one a tensor, found {}",
                                               network.nodes.size() + 1, encodings.size()));
  }
  for (const array::Encoding& encoding : encodings) {
    const bool scale = std::isfinite(encoding.scale) && encoding.scale > 0;
    if (!scale || encoding.zero_point < encoding.minimum() || encoding.zero_point > encoding.maximum()) {
      throw InputError(network.name, fmt::format("scale {} and zero point {} are no encoding", encoding.scale,
                                                 encoding.zero_point));
    }
  }
}

}  // namespace

array::Encoding encoding_of(const Range& range, Scheme scheme) {
  const double low = std::min(0.0, double{range.minimum});
  const double high = std::max(0.0, double{range.maximum});
  if (!std::isfinite(range.minimum) || !std::isfinite(range.maximum)) {
    throw InputError(fmt::format("range {} to {}", range.minimum, range.maximum), "expected finite numbers");
  }
  array::Encoding encoding;
  encoding.is_signed = scheme == Scheme::symmetric_s8;
  const double width = encoding.is_signed ? std::max(high, -low) : high - low;
  if (width == 0) return encoding;
  encoding.scale = width / encoding.maximum();
  if (!encoding.is_signed) {
    encoding.zero_point = static_cast<int>(std::clamp(std::nearbyint(-low / encoding.scale), 0.0, 255.0));
  }
  return encoding;
}

std::vector<array::Encoding> choose_encodings(const Network& network, const Calibration& calibration,
                                              Scheme scheme) {
  if (calibration.size() != network.nodes.size() + 1) {
    throw InputError(network.name, fmt::format("expected {} calibrated ranges, one a tensor, found {}",
                                               network.nodes.size() + 1, calibration.size()));
  }
  std::vector<array::Encoding> encodings{encoding_of(calibration[0], scheme)};
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const VectorLayer* layer = network.nodes[i].vector();
    const bool keeps = layer && array::keeps_encoding(layer->kind);
    encodings.push_back(keeps ? encodings.at(network.nodes[i].inputs.at(0))
                              : encoding_of(calibration[i + 1], scheme));
  }
  return encodings;
}

QuantisedNetwork quantise(const Network& network, std::vector<array::Encoding> encodings) {
  check_encodings(network, encodings);
  QuantisedNetwork quantised{network, std::move(encodings), {}};
  quantised.matrices.resize(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const Node& node = network.nodes[i];
    check_inputs(network, i);
    if (const MatrixLayer* layer = node.matrix()) {
      check_layer(network, node, *layer);
      quantised.matrices[i] = quantise_matrix(node, *layer, quantised.encodings.at(node.inputs.at(0)),
                                              quantised.encodings[i + 1]);
    } else {
      check_vector(quantised, i, *node.vector());
    }
  }
  return quantised;
}

}  // namespace neartile::workloads
