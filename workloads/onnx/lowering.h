#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "neartile/workloads/network.h"
#include "onnx/constant.h"
#include "onnx/graph.h"
#include "onnx/node.h"
#include "onnx/slice.h"

namespace neartile::workloads::importer {

/// A tensor of the running network, as one of the file's names stands for it.
struct Activation {
  TensorIndex tensor = 0;
  std::size_t rank = 4;      ///< 4: [N, C, H, W]; 2: [N, features], the tensor read in CHW order
  bool exclusive = true;     ///< whoever reads it is its only reader, and may change the layer that makes it
  std::string flatten_name;  ///< of a flatten that no layer does yet: names of the ONNX node
  std::string flatten_output;
};

/// Turns a Graph into a Network, node by node. The operators are functions in lower_*.cpp; they read
/// their inputs here and either emit a layer, change the layer before, or bind the output to an input.
class Lowering {
 public:
  explicit Lowering(const Graph& graph);
  Network run();

  std::int64_t opset() const { return graph_.opset; }
  std::int64_t batch() const { return graph_.batch; }
  Budget& budget() { return budget_; }

  bool is_constant(const std::string& tensor);
  /// The constant at an input; nullptr where it is left out; fails where it is not constant.
  const Constant* find_constant(const OnnxNode& node, std::size_t input);
  /// Float constant that must be there.
  const Constant& weights(const OnnxNode& node, std::size_t input);
  /// constant lookup bound to a node.
  ConstantAt constants_of(const OnnxNode& node);

  /// The running tensor at an input, perhaps with a flatten that is yet to do.
  Activation activation(const OnnxNode& node, std::size_t input);
  /// The same with the flatten done (a vector layer is emitted for it).
  Activation whole(const OnnxNode& node, std::size_t input);
  /// The same for operators on [N, C, H, W] only.
  Activation spatial(const OnnxNode& node, std::size_t input);

  const array::TensorShape& shape_of(const Activation& activation) const;
  /// As the file sees it: [N, C, H, W] or [N, features].
  std::vector<std::int64_t> dims_of(const Activation& activation) const;
  /// Layer that makes an activation, if nobody else reads it; nullptr for the network's input.
  Node* own_layer(const Activation& activation);

  void bind(const OnnxNode& node, Activation activation);
  void bind(const OnnxNode& node, Constant constant);
  /// Appends a layer and binds the node's output to it.
  void emit(const OnnxNode& node, std::vector<TensorIndex> inputs, const array::TensorShape& shape,
            std::variant<MatrixLayer, VectorLayer> layer, std::size_t rank = 4);
  /// The same on a tensor whose flatten is still to do.
  void emit_like(const OnnxNode& node, const Activation& input, std::variant<MatrixLayer, VectorLayer> layer);

 private:
  void lower(const onnx::NodeProto& proto);
  bool fold(OnnxNode& node);
  std::size_t uses(const std::string& tensor) const;

  const Graph& graph_;
  Budget budget_;
  Network network_;
  std::unordered_map<std::string, Constant> constants_;
  std::unordered_map<std::string, Activation> activations_;
};

/// How an operator is taken: its number of inputs, and the function that lowers it.
struct Operator {
  std::size_t least_inputs = 1;
  std::size_t most_inputs = 1;
  void (*lower)(Lowering&, OnnxNode&) = nullptr;
};
using OperatorTable = std::map<std::string_view, Operator>;

void add_matrix_operators(OperatorTable& table);
void add_scale_operators(OperatorTable& table);
void add_activation_operators(OperatorTable& table);
void add_pool_operators(OperatorTable& table);
void add_shape_operators(OperatorTable& table);
void add_move_operators(OperatorTable& table);

/// Drops layers that the output does not need, gives the last one the output's name, and checks that
/// names are unique and weights finite.
void finish(Network& network, TensorIndex output, const Graph& graph);

}  // namespace neartile::workloads::importer
