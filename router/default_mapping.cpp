#include <algorithm>
#include <tuple>

#include "layer_tiles.h"
#include "neartile/array/cycle_law.h"
#include "neartile/router/mapping.h"

namespace neartile::router {
namespace {

/// What a layer costs under a mapping, to compare.
struct Cost {
  std::uint64_t cycles = 0;
  double weight_bytes = 0;
  auto operator<=>(const Cost&) const = default;
};

/// Costs of one layer on the arrays of its group, each unit as if it never waited for another.
class LayerCost {
 public:
  LayerCost(const array::ConvolutionShape& shape, const ChipConfig& chip, std::size_t group)
      : shape_(shape), chip_(chip), group_(group), array_(chip.arrays.at(group).array) {}

  Cost of(const LayerMapping& mapping) const {
    const LayerTiling tiling(shape_, chip_, group_, mapping);
    // The longest part's.
    const PartTiles tiles = tiling.part(tiling.parts() - 1);
    const LayerTile first = tiles.at(0), last = tiles.at(tiles.count() - 1);
    const std::uint64_t n_tiles = tiles.n_tiles(), chunks = tiles.chunks();
    const std::uint64_t weight_tiles = n_tiles * tiles.k_tiles();
    const std::uint64_t arrays =
        weight_tiles * ((chunks - 1) * step(first.vectors.count) + step(last.vectors.count)) -
        step(last.vectors.count) + tile_cycles(array_, last.vectors.count).count;
    const std::uint64_t requantise =
        tiling.parts() * n_tiles *
        ((chunks - 1) * vector_unit(first.vectors.count, first.n) + vector_unit(last.vectors.count, first.n));
    const double bytes = weight_bytes(tiling.parts(), weight_tiles, chunks, tiles.k_tiles(), mapping);
    const auto dma = static_cast<std::uint64_t>(bytes / bytes_a_cycle());
    return {std::max({arrays, requantise, dma}), bytes};
  }

  Cycles on_vector_unit() const {
    return chip_.vector_unit.depthwise_cycles(shape_.output().elements(), shape_.k());
  }

 private:
  std::uint64_t step(std::uint64_t vectors) const {
    return array_.pe.weight_registers < 2 ? tile_cycles(array_, vectors).count
                                          : std::max(vectors, array_.rows);
  }
  std::uint64_t vector_unit(std::uint64_t m, std::uint64_t n) const {
    return chip_.vector_unit.cycles(m * n).count;
  }
  double bytes_a_cycle() const { return chip_.memory.bandwidth_GBps * 1e3 / chip_.clock_MHz; }

  // Tiles come again for each chunk, unless those in between leave them in their slots.
  double weight_bytes(std::uint64_t parts, std::uint64_t tiles, std::uint64_t chunks, std::uint64_t k_tiles,
                      const LayerMapping& mapping) const {
    const std::uint64_t slots = chip_.weight_buffer_KiB * 1024 / (array_.rows * array_.columns);
    const std::uint64_t kept = mapping.order == TileOrder::n_outer ? k_tiles : tiles;
    const double all = static_cast<double>(shape_.k()) * static_cast<double>(shape_.out_channels);
    return all * static_cast<double>(mapping.split == Split::m ? parts : 1) *
           static_cast<double>(kept <= slots ? 1 : chunks);
  }

  const array::ConvolutionShape& shape_;
  const ChipConfig& chip_;
  std::size_t group_;
  const array::ArrayConfig& array_;
};

LayerMapping best(const array::ConvolutionShape& shape, const ChipConfig& chip, std::size_t group) {
  const LayerCost cost(shape, chip, group);
  LayerMapping chosen;
  Cost lowest = cost.of(chosen);
  for (const Split split : {Split::m, Split::n}) {
    for (const TileOrder order : {TileOrder::n_outer, TileOrder::m_outer}) {
      const LayerMapping mapping{order, 0, split, LayerUnit::arrays};
      const Cost its = cost.of(mapping);
      if (its < lowest) std::tie(chosen, lowest) = std::pair(mapping, its);
    }
  }
  if (shape.is_depthwise() && cost.on_vector_unit().count < lowest.cycles)
    chosen.unit = LayerUnit::vector_unit;
  return chosen;
}

}  // namespace

Mapping default_mapping(const workloads::Network& network, const Routing& routing, const ChipConfig& chip) {
  Mapping mapping(network.nodes.size());
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    if (const auto* matrix = network.nodes[node].matrix())
      mapping[node] = best(matrix->shape, chip, routing.at(node));
  }
  return mapping;
}

}  // namespace neartile::router
