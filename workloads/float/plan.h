#pragma once

#include <span>
#include <vector>

#include "neartile/workloads/float_executor.h"
#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// A float network with its weights laid out for running: for each matrix node and group K x N, K in
/// the order of array::ConvolutionShape. Const calls may run on several threads. Keeps a reference.
class FloatPlan {
 public:
  explicit FloatPlan(const Network& network);

  /// Runs one image (HWC) and returns the output in CHW order. Tensors are freed after their last use.
  std::vector<float> run(std::vector<float> input, const TensorObserver& observe) const;

 private:
  std::vector<float> run_node(std::size_t node, const std::vector<std::vector<float>>& tensors) const;

  const Network& network_;
  std::vector<std::vector<float>> packed_;
  std::vector<std::vector<TensorIndex>> dying_;  ///< by node: inputs that nobody reads after it
};

/// Weights of a matrix layer as groups x K x N.
std::vector<float> pack_weights(const MatrixLayer& layer);

/// Convolution of an HWC tensor; `packed` as pack_weights() gives it.
std::vector<float> float_convolution(const MatrixLayer& layer, std::span<const float> packed,
                                     std::span<const float> input);

/// A float tensor in HWC order.
struct FloatTensor {
  array::TensorShape shape;
  std::span<const float> values;
};

/// Any operation of the vector unit in float.
std::vector<float> float_vector_op(const VectorLayer& op, std::span<const FloatTensor> inputs,
                                   const array::TensorShape& output);

/// An HWC tensor in CHW order.
std::vector<float> to_chw(const FloatTensor& tensor);

}  // namespace neartile::workloads
