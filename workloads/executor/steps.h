#pragma once

#include <span>
#include <variant>
#include <vector>

#include "executor/matrix_step.h"
#include "neartile/array/array_config.h"

namespace neartile::workloads {

/// A quantised network made ready to run: one step a node. Const calls may run on several threads,
/// each with a Scratch of its own.
class Steps {
 public:
  Steps(const QuantisedNetwork& network, const std::vector<array::ArrayConfig>& arrays);

  std::size_t size() const { return steps_.size(); }
  const array::TensorShape& shape(TensorIndex tensor) const { return shapes_[tensor]; }
  const array::Encoding& encoding(TensorIndex tensor) const { return encodings_[tensor]; }
  const std::vector<TensorIndex>& inputs(std::size_t node) const { return steps_[node].inputs; }

  /// Output of one node for `images` images that lie one after the other in each tensor.
  void run_node(std::size_t node, std::span<const std::span<const std::uint8_t>> inputs, std::size_t images,
                std::span<std::uint8_t> output, Scratch& scratch) const;

  /// Fills tensors[1..] from tensors[0], which holds `images` encoded images.
  void run(std::vector<std::vector<std::uint8_t>>& tensors, std::size_t images, Scratch& scratch) const;

 private:
  struct Step {
    std::vector<TensorIndex> inputs;
    std::variant<MatrixStep, VectorLayer> work;
  };

  void run_vector(std::size_t node, const VectorLayer& layer,
                  std::span<const std::span<const std::uint8_t>> inputs, std::size_t images,
                  std::span<std::uint8_t> output) const;

  std::vector<array::TensorShape> shapes_;  ///< by tensor
  std::vector<array::Encoding> encodings_;  ///< by tensor
  std::vector<Step> steps_;                 ///< by node
};

}  // namespace neartile::workloads
