#include "neartile/router/compiler.h"

#include <fmt/format.h>

#include "image_schedule.h"
#include "layer_emitter.h"
#include "neartile/pe/base/error.h"

namespace neartile::router {
namespace {

using workloads::Node;
using workloads::QuantisedNetwork;

void check_format(const Node& node, const array::Encoding& input, const GroupConfig& group) {
  if (input.is_signed == (group.array.pe.format == pe::Format::s8s8)) return;
  throw InputError("layer '" + node.name + "'",
                   fmt::format("its activations are {}, group '{}' takes {}", input.is_signed ? "s8" : "u8",
                               group.name, to_string(group.array.pe.format)));
}

ProgramLayer described(const QuantisedNetwork& network, std::size_t index, const Routing& routing,
                       const Mapping& mapping, const ChipConfig& chip) {
  const Node& node = network.network.nodes[index];
  ProgramLayer layer;
  layer.name = node.name;
  layer.type = node.type;
  layer.output = network.output_of(index);
  const auto* matrix = node.matrix();
  if (!matrix) return layer;
  const array::Encoding& input = network.encodings[node.inputs[0]];
  layer.matrix = mapping_of(mapping, index).unit == LayerUnit::arrays;
  layer.group = static_cast<std::uint32_t>(routing.at(index));
  layer.shape = matrix->shape;
  layer.clamp = matrix->clamp;
  layer.zero_point_pattern = static_cast<std::uint8_t>(input.zero_point);
  layer.input_signed = input.is_signed;
  if (layer.matrix) check_format(node, input, chip.arrays.at(layer.group));
  return layer;
}

// Layer after layer, each after the one before.
void emit_in_order(LayerEmitter& emitter, std::size_t nodes) {
  std::vector<CommandIndex> before;
  for (std::size_t node = 0; node < nodes; ++node) {
    LayerTask task;
    task.node = node;
    if (emitter.begin(task, true, before))
      before = {emitter.end(task, emitter.emit_work(task))};
    else
      before = {emitter.emit_in_stripes(task, before)};
  }
}

}  // namespace

Program compile(const QuantisedNetwork& network, const Routing& routing, const ChipConfig& chip,
                const Mapping& mapping, std::uint32_t images_in_flight) {
  Program program;
  const std::size_t nodes = network.network.nodes.size();
  for (std::size_t node = 0; node < nodes; ++node)
    program.layers.push_back(described(network, node, routing, mapping, chip));
  LayerEmitter emitter(program, network, chip, mapping, images_in_flight);
  if (images_in_flight == 1)
    emit_in_order(emitter, nodes);
  else
    ImageSchedule(emitter, network.network, program, chip, mapping, images_in_flight).emit_all();
  emitter.store_outputs();
  return program;
}

}  // namespace neartile::router
