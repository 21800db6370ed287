#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "onnx/constant.h"
#include "onnx/node.h"

namespace neartile::workloads::importer {

/// What folding a node on constants needs: the constants (nullptr where an optional input is left out).
struct FoldInputs {
  std::vector<const Constant*> constants;
  std::int64_t opset = 0;
  Budget* budget = nullptr;

  /// The constant of a required input; fails where it is absent.
  const Constant& at(const OnnxNode& node, std::size_t input) const;
  const Constant* find(std::size_t input) const {
    return input < constants.size() ? constants[input] : nullptr;
  }
  /// Fails where the node's results would exceed the budget.
  void charge(const OnnxNode& node, std::size_t elements) const;
};

using Folder = Constant (*)(OnnxNode&, const FoldInputs&);
using FolderTable = std::map<std::string_view, Folder>;

/// Operators that are computed while reading where all their inputs are constant.
const FolderTable& folders();

void add_arithmetic_folders(FolderTable& table);
void add_shape_folders(FolderTable& table);
void add_source_folders(FolderTable& table);

/// Copies elements of `source` to a tensor of size `dims`: element (i, j, ..) comes from
/// offset + i strides[0] + j strides[1] + ..
Constant strided_copy(const Constant& source, std::vector<std::int64_t> dims,
                      const std::vector<std::int64_t>& strides, std::int64_t offset);

/// Elements between neighbours along each axis, C order.
std::vector<std::int64_t> strides_of(const std::vector<std::int64_t>& dims);

}  // namespace neartile::workloads::importer
