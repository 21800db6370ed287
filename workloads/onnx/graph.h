#pragma once

#include <onnx/onnx_pb.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "neartile/array/tensor.h"

namespace neartile::workloads::importer {

/// A parsed model with its one input and one output checked, its live nodes in topological order.
struct Graph {
  std::string file;  ///< as errors name it
  std::unique_ptr<const onnx::ModelProto> model;
  std::int64_t opset = 0;

  std::string input;
  array::TensorShape input_shape;  ///< of one image
  std::size_t input_rank = 4;      ///< 4: [N, C, H, W]; 2: [N, features]
  std::int64_t batch = 1;          ///< the file's N, 1 where it is symbolic
  std::string output;

  std::unordered_map<std::string, const onnx::TensorProto*> initialisers;
  std::vector<const onnx::NodeProto*> nodes;  ///< in the file's order wherever that is topological
  /// How often a tensor's values are read by live nodes or as the network's output.
  std::unordered_map<std::string, std::size_t> uses;
};

/// Parses and checks; throws InputError (one line).
Graph read_graph(std::span<const std::byte> bytes, const std::string& file);

/// Fills `nodes` and `uses`: drops what the output does not need; throws on cycles and unknown tensors.
void order_nodes(Graph& graph);

/// Elements of one image's tensor that are taken at most (1 GiB as float).
constexpr std::size_t most_elements = std::size_t{1} << 28;
/// False where a size is 0 or the tensor has more elements than that.
bool is_taken(const array::TensorShape& shape);

}  // namespace neartile::workloads::importer
