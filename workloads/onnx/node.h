#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace onnx {
class AttributeProto;
class NodeProto;
class TensorProto;
}  // namespace onnx

namespace neartile::workloads::importer {

/// One node of the file: typed access to its attributes, and errors that name file, node and operator.
class OnnxNode {
 public:
  OnnxNode(const onnx::NodeProto& proto, const std::string& file) : proto_(proto), file_(file) {}

  /// The node's name, its first output's name where it has none.
  const std::string& name() const;
  const std::string& type() const;
  const std::string& output() const;
  std::size_t inputs() const;
  /// Empty where an optional input is left out.
  const std::string& input(std::size_t i) const;

  [[noreturn]] void fail(const std::string& what) const;
  /// "file: node 'x' (Conv)".
  std::string place() const;

  bool has(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t otherwise);
  float real(std::string_view key, float otherwise);
  std::string text(std::string_view key, const std::string& otherwise);
  std::vector<std::int64_t> integers(std::string_view key);
  std::vector<float> reals(std::string_view key);
  const onnx::TensorProto* tensor(std::string_view key);
  /// Fails where the node has an attribute that nobody asked for: nothing is ignored in silence.
  void refuse_unread() const;

 private:
  const onnx::AttributeProto* find(std::string_view key, int type);

  const onnx::NodeProto& proto_;
  const std::string& file_;
  std::set<std::string, std::less<>> read_;
};

}  // namespace neartile::workloads::importer
