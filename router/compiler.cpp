#include "neartile/router/compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

#include "buffer_allocator.h"
#include "matrix_lowering.h"
#include "memory_layout.h"
#include "neartile/pe/base/error.h"

namespace neartile::router {
namespace {

using workloads::Node;
using workloads::QuantisedNetwork;
using workloads::TensorIndex;

class Compiler {
 public:
  Compiler(const QuantisedNetwork& network, const Routing& routing, const ChipConfig& chip,
           const Mapping& mapping)
      : network_(network),
        routing_(routing),
        chip_(chip),
        mapping_(mapping),
        layout_(program_),
        matrices_(program_, chip) {}

  Program compile() {
    describe_layers();
    place_tensors();
    load_input();
    for (std::size_t node = 0; node < nodes().size(); ++node) emit_layer(node);
    store_output();
    return std::move(program_);
  }

 private:
  const std::vector<Node>& nodes() const { return network_.network.nodes; }

  void describe_layers() {
    for (std::size_t i = 0; i < nodes().size(); ++i) {
      const Node& node = nodes()[i];
      ProgramLayer layer;
      layer.name = node.name;
      layer.type = node.type;
      layer.output = network_.output_of(i);
      if (const auto* matrix = node.matrix()) {
        layer.matrix = !on_vector_unit(i);
        layer.group = static_cast<std::uint32_t>(routing_.at(i));
        layer.shape = matrix->shape;
        layer.clamp = matrix->clamp;
        const array::Encoding& input = network_.encodings[node.inputs[0]];
        layer.zero_point_pattern = static_cast<std::uint8_t>(input.zero_point);
        layer.input_signed = input.is_signed;
        if (layer.matrix) check_format(node, input, chip_.arrays.at(layer.group));
      }
      program_.layers.push_back(std::move(layer));
    }
  }

  bool on_vector_unit(std::size_t node) const {
    return mapping_of(mapping_, node).unit == LayerUnit::vector_unit;
  }

  std::uint64_t constants_bytes_of(std::size_t node) const {
    const array::ConvolutionShape& shape = nodes()[node].matrix()->shape;
    return constants_bytes(shape.out_channels) + (on_vector_unit(node) ? shape.k() * shape.out_channels : 0);
  }

  static void check_format(const Node& node, const array::Encoding& input, const GroupConfig& group) {
    if (input.is_signed == (group.array.pe.format == pe::Format::s8s8)) return;
    throw InputError("layer '" + node.name + "'",
                     fmt::format("its activations are {}, group '{}' takes {}", input.is_signed ? "s8" : "u8",
                                 group.name, to_string(group.array.pe.format)));
  }

  // Addresses in the unified buffer: two regions for constants that alternate from layer to layer, then
  // tensors, each from the layer that makes it to the last that reads it.
  void place_tensors() {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < nodes().size(); ++i) {
      if (nodes()[i].matrix()) bytes = std::max(bytes, constants_bytes_of(i));
    }
    for (std::uint64_t& region : constants_) region = buffer_.allocate(bytes);

    std::vector<std::size_t> last_reader(nodes().size() + 1, 0);
    for (std::size_t i = 0; i < nodes().size(); ++i) {
      for (const TensorIndex t : nodes()[i].inputs) last_reader[t] = i;
    }
    last_reader.back() = nodes().size();
    tensors_.resize(nodes().size() + 1);
    tensors_[0] = buffer_.allocate(network_.network.input.elements());
    for (std::size_t i = 0; i < nodes().size(); ++i) {
      tensors_[i + 1] = buffer_.allocate(nodes()[i].shape.elements());
      check_buffer(nodes()[i]);
      for (TensorIndex t = 0; t <= i; ++t) {
        if (last_reader[t] == i) buffer_.release(tensors_[t]);
      }
    }
  }

  void check_buffer(const Node& node) const {
    if (buffer_.peak() <= chip_.unified_buffer_KiB * 1024) return;
    throw InputError("layer '" + node.name + "'",
                     fmt::format("its tensors need {} KiB of unified buffer, unified_buffer_KiB is {}",
                                 (buffer_.peak() + 1023) / 1024, chip_.unified_buffer_KiB));
  }

  CommandIndex emit(Command command) {
    program_.commands.push_back(std::move(command));
    return static_cast<CommandIndex>(program_.commands.size() - 1);
  }

  void load_input() {
    program_.input_encoding = network_.encodings.front();
    program_.input_bytes = network_.network.input.elements();
    program_.input_address = layout_.reserve(program_.input_bytes);
    ready_ = emit({0, {}, LoadTensor{program_.input_address, tensors_[0], program_.input_bytes}});
  }

  void store_output() {
    program_.output_encoding = network_.encodings.back();
    program_.output_bytes = nodes().back().shape.elements();
    program_.output_address = layout_.reserve(program_.output_bytes);
    const auto last = static_cast<LayerIndex>(nodes().size() - 1);
    emit({last, {*ready_}, Store{tensors_.back(), program_.output_address, program_.output_bytes}});
  }

  void emit_layer(std::size_t node) {
    ready_ = emit({static_cast<LayerIndex>(node), emit_work(node), Fence{}});
    fences_.push_back(*ready_);
  }

  std::vector<CommandIndex> emit_work(std::size_t node) {
    if (!nodes()[node].matrix()) return emit_vector(node);
    return on_vector_unit(node) ? emit_depthwise(node) : emit_matrix(node);
  }

  std::vector<CommandIndex> emit_matrix(std::size_t node) {
    const auto& matrix = network_.matrices[node];
    const ProgramLayer& layer = program_.layers[node];
    MatrixPlacement placement;
    placement.layer = static_cast<LayerIndex>(node);
    placement.input_address = tensors_[nodes()[node].inputs[0]];
    placement.output_address = tensors_[node + 1];
    placement.inputs_ready = ready_;
    std::tie(placement.constants_address, placement.constants_loaded) =
        load_constants(node, layout_.append_constants(matrix));
    std::vector<std::vector<WeightTile>> tiles;
    for (std::size_t g = 0; g < layer.shape.groups; ++g) {
      tiles.push_back(layout_.append_tiles(matrix, layer.shape, g, chip_.arrays[layer.group].array));
    }
    return matrices_.lower(placement, {layer.shape, chip_, layer.group, mapping_of(mapping_, node)}, tiles);
  }

  std::vector<CommandIndex> emit_depthwise(std::size_t node) {
    const ProgramLayer& layer = program_.layers[node];
    Depthwise work;
    work.rows = layer.shape.output().height;
    work.input_address = tensors_[nodes()[node].inputs[0]];
    work.output_address = tensors_[node + 1];
    CommandIndex loaded = 0;
    std::tie(work.constants_address, loaded) =
        load_constants(node, layout_.append_depthwise(network_.matrices[node], layer.shape));
    return {emit({static_cast<LayerIndex>(node), {*ready_, loaded}, work})};
  }

  // To one of the regions, whose last user was the matrix layer before the last: its address, and the load.
  std::pair<std::uint64_t, CommandIndex> load_constants(std::size_t node, std::uint64_t memory_address) {
    auto& user = constants_users_[matrix_count_ % 2];
    const std::uint64_t region = constants_[matrix_count_ % 2];
    ++matrix_count_;
    const auto layer = static_cast<LayerIndex>(node);
    Command load{layer, {}, LoadTensor{memory_address, region, constants_bytes_of(node)}};
    if (user) load.after.push_back(fences_[*user]);
    user = layer;
    return {region, emit(std::move(load))};
  }

  std::vector<CommandIndex> emit_vector(std::size_t node) {
    VectorCompute work;
    work.op = *nodes()[node].vector();
    for (const TensorIndex t : nodes()[node].inputs) work.inputs.push_back(buffer_tensor(t));
    work.output = buffer_tensor(node + 1);
    return {emit({static_cast<LayerIndex>(node), {*ready_}, std::move(work)})};
  }

  BufferTensor buffer_tensor(TensorIndex t) const {
    return {tensors_[t], network_.network.shape_of(t), network_.encodings[t]};
  }

  const QuantisedNetwork& network_;
  const Routing& routing_;
  const ChipConfig& chip_;
  const Mapping& mapping_;
  Program program_;
  MemoryLayout layout_;
  MatrixLowering matrices_;
  BufferAllocator buffer_;
  std::array<std::uint64_t, 2> constants_{};
  std::array<std::optional<LayerIndex>, 2> constants_users_;
  std::size_t matrix_count_ = 0;
  std::vector<std::uint64_t> tensors_;  // address in the unified buffer, by TensorIndex
  std::vector<CommandIndex> fences_;    // by layer
  std::optional<CommandIndex> ready_;   // what the next layer waits for
};

}  // namespace

Program compile(const workloads::QuantisedNetwork& network, const Routing& routing, const ChipConfig& chip,
                const Mapping& mapping) {
  return Compiler(network, routing, chip, mapping).compile();
}

}  // namespace neartile::router
