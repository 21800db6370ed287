#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "neartile/array/array_config.h"
#include "neartile/workloads/images.h"
#include "neartile/workloads/quantisation.h"

namespace neartile::workloads {

/// Integer tensors of one image by TensorIndex, patterns in HWC order.
using IntegerTensors = std::vector<std::vector<std::uint8_t>>;

/// Runs a quantised network without a simulator: results equal the chip's, bit by bit. Each matrix
/// layer computes on the array it is given (its PE type and rows decide the sums).
class Executor {
 public:
  /// `arrays`: one configuration a node (ignored for vector nodes), or a single one for all. Throws
  /// InputError where a PE type cannot take its layer's encoding. Keeps no reference to `network`.
  Executor(const QuantisedNetwork& network, std::vector<array::ArrayConfig> arrays);
  Executor(Executor&&) noexcept;
  ~Executor();

  /// All tensors of one encoded image (HWC patterns of the input).
  IntegerTensors run(std::span<const std::uint8_t> input) const;
  /// Recomputes one node from its stored inputs.
  std::vector<std::uint8_t> run_node(std::size_t node,
                                     std::span<const std::span<const std::uint8_t>> inputs) const;
  /// Output patterns of all images, on all cores: count x outputs, in CHW order as run_float()'s.
  /// `progress` gets each finished count.
  std::vector<std::uint8_t> run(const Images& images, const Preprocessing& preprocessing,
                                const std::function<void(std::size_t)>& progress = {}) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// One image as the input's patterns: pre-processing in float, encoding in double.
std::vector<std::uint8_t> encode_image(const Images& images, std::size_t i,
                                       const Preprocessing& preprocessing, const array::Encoding& encoding);

/// Integers of patterns of an output, for ranking.
std::vector<int> integers(std::span<const std::uint8_t> patterns, const array::Encoding& encoding);

}  // namespace neartile::workloads
