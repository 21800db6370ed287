#include "neartile/router/mapping.h"

#include <fmt/format.h>

#include "layer_tiles.h"
#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::router {
namespace {

void check(const workloads::Node& node, const LayerMapping& mapping, const ChipConfig& chip,
           const std::string& place) {
  const std::string layer = place + ": layer " + in_quotes(node.name);
  if (mapping.unit == LayerUnit::vector_unit && !node.matrix()->shape.is_depthwise())
    throw InputError(layer, "is on the vector unit, expected arrays: it is no depthwise convolution");
  if (mapping.m_chunk > chunk_depth(chip))
    throw InputError(layer, fmt::format("m_chunk is {}, expected at most {}: half of accumulator_vectors",
                                        mapping.m_chunk, chunk_depth(chip)));
}

}  // namespace

LayerMapping mapping_of(const Mapping& mapping, std::size_t node) {
  return mapping.empty() ? LayerMapping{} : mapping.at(node);
}

void describe(ConfigVisitor& visitor, LayerMapping& mapping) {
  visitor.choice({"unit", "what computes the layer; the vector unit takes depthwise convolutions only"},
                 {"arrays", "vector-unit"}, mapping.unit);
  visitor.choice({"order", "all M chunks of an N tile first, or all N tiles of an M chunk"},
                 {"n-outer", "m-outer"}, mapping.order);
  visitor.choice({"split", "what the arrays of the group share: vectors (m) or N tiles (n)"}, {"m", "n"},
                 mapping.split);
  visitor.number(
      {"m_chunk", "vectors that accumulate side by side; 0: as many as the accumulators hold", 0, 1 << 20},
      mapping.m_chunk);
}

Mapping read_mapping(const std::filesystem::path& file, const workloads::Network& network,
                     const Routing& routing, const ChipConfig& chip) {
  Mapping mapping = default_mapping(network, routing, chip);
  read_config(file, [&](ConfigVisitor& visitor) {
    visitor.object({"default", "for all layers"}, [&](ConfigVisitor& layer) {
      for (LayerMapping& of_node : mapping) describe(layer, of_node);
    });
    visitor.object({"layers", "by name"}, [&](ConfigVisitor& layers) {
      for (std::size_t node = 0; node < mapping.size(); ++node) {
        if (network.nodes[node].matrix())
          layers.object({network.nodes[node].name, "a layer"},
                        [&](ConfigVisitor& layer) { describe(layer, mapping[node]); });
      }
    });
  });
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    if (network.nodes[node].matrix()) check(network.nodes[node], mapping[node], chip, file.string());
  }
  return mapping;
}

std::vector<array::ArrayConfig> arrays_of(const Routing& routing, const Mapping& mapping,
                                          const ChipConfig& chip) {
  std::vector<array::ArrayConfig> arrays;
  for (std::size_t node = 0; node < routing.size(); ++node) {
    array::ArrayConfig array = chip.arrays.at(routing[node]).array;
    if (mapping_of(mapping, node).unit == LayerUnit::vector_unit) {
      const pe::Format format = array.pe.format;
      array.pe = pe::PeConfig{};
      array.pe.format = format;
    }
    arrays.push_back(array);
  }
  return arrays;
}

}  // namespace neartile::router
