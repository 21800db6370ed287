#pragma once

#include <string>
#include <variant>
#include <vector>

#include "neartile/array/im2col.h"
#include "neartile/array/vector_unit.h"

namespace neartile::workloads {

/// A layer that the arrays compute: convolution, fully connected layer or matrix product.
/// A fully connected layer over a {C, H, W} tensor is a convolution with an H x W kernel.
struct MatrixLayer {
  array::ConvolutionShape shape;
  std::vector<float> weights;  ///< OIHW: [out_channels][channels / groups][kernel_height][kernel_width]
  std::vector<float> bias;     ///< [out_channels]
  array::Clamp clamp;          ///< fused activation
};

/// A layer of the vector unit; its fused activation is in the operation.
using VectorLayer = array::VectorOp;

/// Tensors are numbered: 0 is the network's input, i + 1 the output of node i.
using TensorIndex = std::size_t;

struct Node {
  std::string name;    ///< the ONNX node's name, its output's name where it has none
  std::string type;    ///< the ONNX operator ("Conv", "Gemm", "Add", ..)
  std::string output;  ///< ONNX name of the tensor after the fused activation
  std::vector<TensorIndex> inputs;
  array::TensorShape shape;  ///< of the output, one image
  std::variant<MatrixLayer, VectorLayer> layer;

  const MatrixLayer* matrix() const { return std::get_if<MatrixLayer>(&layer); }
  const VectorLayer* vector() const { return std::get_if<VectorLayer>(&layer); }
};

/// A trained network in float: nodes in topological order, one input, one output (the last node's).
struct Network {
  std::string name;
  array::TensorShape input;
  std::vector<Node> nodes;

  const array::TensorShape& shape_of(TensorIndex tensor) const {
    return tensor == 0 ? input : nodes[tensor - 1].shape;
  }
  std::uint64_t macs() const;
};

}  // namespace neartile::workloads
