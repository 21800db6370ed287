#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace neartile::workloads {

/// What a matrix layer multiplies, as an array sees it.
struct LayerOperands {
  std::vector<std::uint8_t> input;      ///< the whole tensor's patterns, HWC
  std::uint8_t zero_point_pattern = 0;  ///< what padding reads
  std::vector<std::int8_t> weights;  ///< for each group of the convolution K x N, as QuantisedMatrix has them
};

/// Gives the operands of a matrix node, always the same ones. Called from several threads at a time, and
/// again for a node where that saves keeping its operands.
using OperandSource = std::function<LayerOperands(std::size_t node)>;

}  // namespace neartile::workloads
