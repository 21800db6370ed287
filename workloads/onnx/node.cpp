#include "onnx/node.h"

#include <fmt/format.h>
#include <onnx/onnx_pb.h>

#include "neartile/pe/base/error.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

const std::string nothing;

}  // namespace

const std::string& OnnxNode::name() const {
  return proto_.name().empty() ? output() : proto_.name();
}
const std::string& OnnxNode::type() const {
  return proto_.op_type();
}
const std::string& OnnxNode::output() const {
  return proto_.output_size() > 0 ? proto_.output(0) : nothing;
}
std::size_t OnnxNode::inputs() const {
  return static_cast<std::size_t>(proto_.input_size());
}
const std::string& OnnxNode::input(std::size_t i) const {
  return i < inputs() ? proto_.input(static_cast<int>(i)) : nothing;
}

std::string OnnxNode::place() const {
  const std::string shown = quoted(type());
  return fmt::format("{}: node {} ({})", file_, quoted(name()), shown.substr(1, shown.size() - 2));
}

void OnnxNode::fail(const std::string& what) const {
  throw InputError(place(), what);
}

const onnx::AttributeProto* OnnxNode::find(std::string_view key, int type) {
  read_.emplace(key);
  for (const auto& attribute : proto_.attribute()) {
    if (attribute.name() != key) continue;
    if (type != onnx::AttributeProto::UNDEFINED && attribute.type() != type) {
      fail(fmt::format(
          "attribute '{}' is not of type {}", key,
          onnx::AttributeProto::AttributeType_Name(static_cast<onnx::AttributeProto::AttributeType>(type))));
    }
    return &attribute;
  }
  return nullptr;
}

bool OnnxNode::has(std::string_view key) {
  for (const auto& attribute : proto_.attribute()) {
    if (attribute.name() == key) return true;
  }
  return false;
}

std::int64_t OnnxNode::integer(std::string_view key, std::int64_t otherwise) {
  const auto* found = find(key, onnx::AttributeProto::INT);
  return found ? found->i() : otherwise;
}

float OnnxNode::real(std::string_view key, float otherwise) {
  const auto* found = find(key, onnx::AttributeProto::FLOAT);
  return found ? found->f() : otherwise;
}

std::string OnnxNode::text(std::string_view key, const std::string& otherwise) {
  const auto* found = find(key, onnx::AttributeProto::STRING);
  return found ? found->s() : otherwise;
}

std::vector<std::int64_t> OnnxNode::integers(std::string_view key) {
  const auto* found = find(key, onnx::AttributeProto::INTS);
  if (!found) return {};
  return {found->ints().begin(), found->ints().end()};
}

std::vector<float> OnnxNode::reals(std::string_view key) {
  const auto* found = find(key, onnx::AttributeProto::FLOATS);
  if (!found) return {};
  return {found->floats().begin(), found->floats().end()};
}

const onnx::TensorProto* OnnxNode::tensor(std::string_view key) {
  const auto* found = find(key, onnx::AttributeProto::TENSOR);
  return found ? &found->t() : nullptr;
}

void OnnxNode::refuse_unread() const {
  for (const auto& attribute : proto_.attribute()) {
    if (!read_.contains(attribute.name())) {
      fail("attribute " + quoted(attribute.name()) + " is not supported");
    }
  }
}

}  // namespace neartile::workloads::importer
