#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "onnx/constant.h"
#include "onnx/node.h"

namespace neartile::workloads::importer {

/// What a Slice takes along one axis: `count` elements from `start`, `step` apart (step may be negative).
struct AxisSlice {
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};

/// Gives the constant at an input of a node, nullptr where it is absent.
using ConstantAt = std::function<const Constant*(std::size_t input)>;

/// One entry an axis of `dims`, from a Slice's inputs (operator sets from 10) or attributes (before).
std::vector<AxisSlice> read_slice(OnnxNode& node, std::int64_t opset, const std::vector<std::int64_t>& dims,
                                  const ConstantAt& constant_at);

/// The integers of a list given as input `input` (constant) or, where that is absent, as an attribute.
std::vector<std::int64_t> read_list(OnnxNode& node, const ConstantAt& constant_at, std::size_t input,
                                    const char* attribute);

/// Axis in 0 .. rank - 1; negative ones count from the end. Fails where out of range.
std::size_t normal_axis(const OnnxNode& node, std::int64_t axis, std::size_t rank);

}  // namespace neartile::workloads::importer
