#pragma once

#include <cstdint>
#include <vector>

#include "neartile/array/tensor.h"
#include "neartile/workloads/calibration.h"
#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// Activations u8 with a zero point, or s8 symmetric.
enum class Scheme : std::uint8_t { affine_u8, symmetric_s8 };

/// Affine: scale = (hi - lo) / 255 with lo <= 0 <= hi, zero point = clamp(rint(-lo / scale), 0, 255).
/// Symmetric: scale = max|x| / 127. A range of zero width has scale 1.
array::Encoding encoding_of(const Range& range, Scheme scheme);

/// A matrix layer in integers, ready for an array: per-channel symmetric weights, int32 bias.
struct QuantisedMatrix {
  std::vector<std::int8_t> weights;      ///< for each group K x N, K in the order of ConvolutionShape
  std::vector<double> weight_scale;      ///< [out_channels]: max|w| / 127, 1 where all weights are 0
  std::vector<std::int32_t> bias;        ///< [out_channels]: rint(b / (s_x s_w))
  std::vector<std::int32_t> correction;  ///< [out_channels]: bias less z_x times the sum of the weights
  std::vector<double> multiplier;        ///< [out_channels]: s_x s_w / s_y
};

/// A network in integers: encodings by TensorIndex and, for matrix nodes, integers (else empty).
struct QuantisedNetwork {
  Network network;
  std::vector<array::Encoding> encodings;
  std::vector<QuantisedMatrix> matrices;  ///< by node

  const array::Encoding& output_of(std::size_t node) const { return encodings[node + 1]; }
};

/// Encodings by TensorIndex: each tensor's own, but layers that move patterns keep their input's.
std::vector<array::Encoding> choose_encodings(const Network& network, const Calibration& calibration,
                                              Scheme scheme);

/// Post-training quantisation to the given encodings (the rules of docs/reference/quantisation.md).
/// Throws InputError where an integer bias does not fit 32 bits.
QuantisedNetwork quantise(const Network& network, std::vector<array::Encoding> encodings);

}  // namespace neartile::workloads
