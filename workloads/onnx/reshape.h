#pragma once

#include <cstdint>
#include <vector>

#include "onnx/constant.h"
#include "onnx/node.h"

namespace neartile::workloads::importer {

using Dimensions = std::vector<std::int64_t>;

/// Dimensions after a Reshape to `target`, whose 0 keeps a dimension and -1 takes what is left.
Dimensions reshaped(OnnxNode& node, const Dimensions& dims, const Constant& target);
/// Without the named axes of size 1 (all of size 1 where none is named).
Dimensions squeezed(const OnnxNode& node, const Dimensions& dims, const Dimensions& axes);
/// With axes of size 1 at the named places of the result.
Dimensions unsqueezed(const OnnxNode& node, const Dimensions& dims, const Dimensions& axes);

}  // namespace neartile::workloads::importer
