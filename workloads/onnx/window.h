#pragma once

#include "neartile/array/tensor.h"
#include "onnx/node.h"

namespace neartile::workloads::importer {

/// Reads strides, pads, auto_pad and (where `dilated`) dilations of a convolution or pooling with the
/// given kernel over `input`. Fails where a value is out of bounds or the window does not fit.
array::Window read_window(OnnxNode& node, const array::TensorShape& input, std::size_t kernel_height,
                          std::size_t kernel_width);

/// The attribute kernel_shape as {height, width}; {0, 0} where it is absent.
std::pair<std::size_t, std::size_t> read_kernel(OnnxNode& node);

}  // namespace neartile::workloads::importer
