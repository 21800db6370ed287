#include "onnx/graph.h"

#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>

#include <limits>

#include "neartile/pe/base/error.h"
#include "onnx/text.h"

namespace neartile::workloads::importer {
namespace {

std::unique_ptr<const onnx::ModelProto> parse(std::span<const std::byte> bytes, const std::string& file) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw InputError(file, "larger than 2 GiB, the most that an ONNX file can hold");
  }
  const google::protobuf::LogSilencer silence;  // its complaints are ours to word
  auto model = std::make_unique<onnx::ModelProto>();
  if (!model->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !model->has_graph()) {
    throw InputError(file, "not an ONNX model or truncated");
  }
  return model;
}

std::int64_t default_opset(const onnx::ModelProto& model, const std::string& file) {
  for (const auto& opset : model.opset_import()) {
    if (!opset.domain().empty() && opset.domain() != "ai.onnx") continue;
    if (opset.version() >= 7 && opset.version() <= 21) return opset.version();
    throw InputError(file, fmt::format("operator set {}, supported: 7 to 21", opset.version()));
  }
  throw InputError(file, "names no operator set of the ai.onnx domain");
}

std::string names_of(const std::vector<const onnx::ValueInfoProto*>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < 4; ++i) {
    text += (i ? ", " : "") + quoted(values[i]->name());
  }
  return text + (values.size() > 4 ? ", .." : "");
}

std::int64_t dimension(const Graph& graph, const onnx::TensorShapeProto& shape, int axis) {
  const auto& dim = shape.dim(axis);
  if (!dim.has_dim_value()) {
    throw InputError(graph.file, fmt::format("input {}: dimension {} is dynamic; only the batch (0) may be",
                                             quoted(graph.input), axis));
  }
  if (dim.dim_value() < 1 || dim.dim_value() > static_cast<std::int64_t>(most_elements)) {
    throw InputError(graph.file,
                     fmt::format("input {}: dimension {} is {}", quoted(graph.input), axis, dim.dim_value()));
  }
  return dim.dim_value();
}

void read_input(Graph& graph) {
  std::vector<const onnx::ValueInfoProto*> inputs;
  for (const auto& input : graph.model->graph().input()) {
    if (!graph.initialisers.contains(input.name())) inputs.push_back(&input);
  }
  if (inputs.size() != 1) {
    throw InputError(graph.file, fmt::format("{} inputs ({}), expected 1", inputs.size(), names_of(inputs)));
  }
  graph.input = inputs[0]->name();
  const auto& type = inputs[0]->type().tensor_type();
  if (type.elem_type() != onnx::TensorProto::FLOAT) {
    throw InputError(graph.file, "input " + quoted(graph.input) + ": expected a float tensor");
  }
  const auto& shape = type.shape();
  if (shape.dim_size() != 4 && shape.dim_size() != 2) {
    throw InputError(graph.file,
                     fmt::format("input {}: {} dimensions, expected 4 (N, C, H, W) or 2 (N, features)",
                                 quoted(graph.input), shape.dim_size()));
  }
  graph.input_rank = static_cast<std::size_t>(shape.dim_size());
  if (shape.dim(0).has_dim_value() && shape.dim(0).dim_value() > 0) graph.batch = dimension(graph, shape, 0);
  const auto size = [&](int axis) { return static_cast<std::size_t>(dimension(graph, shape, axis)); };
  graph.input_shape = graph.input_rank == 4 ? array::TensorShape{size(1), size(2), size(3)}
                                            : array::TensorShape{size(1), 1, 1};
  if (!is_taken(graph.input_shape)) {
    throw InputError(graph.file, fmt::format("input {}: shape {} is too large", quoted(graph.input),
                                             text_of(graph.input_shape)));
  }
}

void read_output(Graph& graph) {
  std::vector<const onnx::ValueInfoProto*> outputs;
  for (const auto& output : graph.model->graph().output()) outputs.push_back(&output);
  if (outputs.size() != 1) {
    throw InputError(graph.file,
                     fmt::format("{} outputs ({}), expected 1", outputs.size(), names_of(outputs)));
  }
  graph.output = outputs[0]->name();
}

}  // namespace

bool is_taken(const array::TensorShape& shape) {
  if (shape.channels == 0 || shape.height == 0 || shape.width == 0) return false;
  return shape.channels <= most_elements && shape.height <= most_elements / shape.channels &&
         shape.width <= most_elements / (shape.channels * shape.height);
}

Graph read_graph(std::span<const std::byte> bytes, const std::string& file) {
  Graph graph;
  graph.file = file;
  graph.model = parse(bytes, file);
  graph.opset = default_opset(*graph.model, file);
  for (const auto& tensor : graph.model->graph().initializer()) {
    if (!graph.initialisers.emplace(tensor.name(), &tensor).second) {
      throw InputError(file, "tensor " + quoted(tensor.name()) + " is defined twice");
    }
  }
  read_input(graph);
  read_output(graph);
  order_nodes(graph);
  return graph;
}

}  // namespace neartile::workloads::importer
