#pragma once

// The proto classes are built with these; the library keeps them to itself.
#ifndef ONNX_NAMESPACE
#define ONNX_NAMESPACE onnx
#endif
#ifndef ONNX_ML
#define ONNX_ML 1
#endif
#include <gtest/gtest.h>
#include <onnx/onnx_pb.h>

#include <string>
#include <vector>

#include "neartile/workloads/float_executor.h"
#include "neartile/workloads/onnx.h"
#include "support/error_of.h"

namespace neartile::workloads {

using Sizes = std::vector<std::int64_t>;
using Floats = std::vector<float>;

/// One node under construction.
class NodeBuilder {
 public:
  explicit NodeBuilder(onnx::NodeProto* node) : node_(node) {}
  NodeBuilder& set(const std::string& key, std::int64_t value) {
    auto* attribute = add(key, onnx::AttributeProto::INT);
    attribute->set_i(value);
    return *this;
  }
  NodeBuilder& set(const std::string& key, int value) { return set(key, std::int64_t{value}); }
  NodeBuilder& set(const std::string& key, float value) {
    add(key, onnx::AttributeProto::FLOAT)->set_f(value);
    return *this;
  }
  NodeBuilder& set(const std::string& key, const char* value) {
    add(key, onnx::AttributeProto::STRING)->set_s(value);
    return *this;
  }
  NodeBuilder& set(const std::string& key, const Sizes& values) {
    auto* attribute = add(key, onnx::AttributeProto::INTS);
    for (const auto value : values) attribute->add_ints(value);
    return *this;
  }
  NodeBuilder& named(const std::string& name) {
    node_->set_name(name);
    return *this;
  }
  onnx::NodeProto* proto() { return node_; }

 private:
  onnx::AttributeProto* add(const std::string& key, onnx::AttributeProto::AttributeType type) {
    auto* attribute = node_->add_attribute();
    attribute->set_name(key);
    attribute->set_type(type);
    return attribute;
  }
  onnx::NodeProto* node_;
};

/// A small ONNX model, written with ONNX's own classes. Its input is "x", its output "y".
class ModelBuilder {
 public:
  /// A first dimension of -1 is symbolic.
  explicit ModelBuilder(const Sizes& input, std::int64_t opset = 13) {
    model.set_ir_version(7);
    model.add_opset_import()->set_version(opset);
    value(graph().add_input(), "x", input);
    value(graph().add_output(), "y", {});
  }
  onnx::GraphProto& graph() { return *model.mutable_graph(); }

  NodeBuilder node(const std::string& type, const std::vector<std::string>& inputs,
                   const std::string& output = "y") {
    auto* node = graph().add_node();
    node->set_op_type(type);
    for (const auto& input : inputs) node->add_input(input);
    node->add_output(output);
    return NodeBuilder(node);
  }
  ModelBuilder& floats(const std::string& name, const Sizes& dims, const Floats& values) {
    auto* tensor = initialiser(name, dims, onnx::TensorProto::FLOAT);
    for (const float v : values) tensor->add_float_data(v);
    return *this;
  }
  ModelBuilder& raw(const std::string& name, const Sizes& dims, const Floats& values) {
    initialiser(name, dims, onnx::TensorProto::FLOAT)
        ->set_raw_data(values.data(), values.size() * sizeof(float));
    return *this;
  }
  ModelBuilder& integers(const std::string& name, const Sizes& values) {
    auto* tensor = initialiser(name, {static_cast<std::int64_t>(values.size())}, onnx::TensorProto::INT64);
    for (const auto v : values) tensor->add_int64_data(v);
    return *this;
  }
  onnx::TensorProto* initialiser(const std::string& name, const Sizes& dims, int type) {
    auto* tensor = graph().add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(type);
    for (const auto dim : dims) tensor->add_dims(dim);
    return tensor;
  }
  static void value(onnx::ValueInfoProto* info, const std::string& name, const Sizes& dims) {
    info->set_name(name);
    auto* type = info->mutable_type()->mutable_tensor_type();
    type->set_elem_type(onnx::TensorProto::FLOAT);
    for (const auto dim : dims) {
      auto* entry = type->mutable_shape()->add_dim();
      if (dim < 0) {
        entry->set_dim_param("N");
      } else {
        entry->set_dim_value(dim);
      }
    }
  }

  std::string bytes() const { return model.SerializeAsString(); }
  Network read() const {
    const std::string text = bytes();
    return read_onnx(std::as_bytes(std::span(text)), "model.onnx");
  }
  /// The one line that reading the model fails with; "" where it succeeds.
  std::string error() const {
    return testing_support::error_of([&] { read(); });
  }
  /// Output of the network for an input in CHW order, as ONNX has it.
  Floats run(const Floats& chw) const {
    const Network network = read();
    const auto& shape = network.input;
    Floats hwc(chw.size());
    for (std::size_t c = 0; c < shape.channels; ++c) {
      for (std::size_t p = 0; p < shape.pixels(); ++p)
        hwc[p * shape.channels + c] = chw[c * shape.pixels() + p];
    }
    return run_float(network, hwc);
  }

  onnx::ModelProto model;
};

inline Floats counted(std::size_t count, float first = 1) {
  Floats values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = first + static_cast<float>(i);
  return values;
}

}  // namespace neartile::workloads
