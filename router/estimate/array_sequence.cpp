#include "estimate/array_sequence.h"

#include <algorithm>

namespace neartile::router {
namespace {

constexpr std::size_t weight_registers = 2;  // that a PE has at most

}  // namespace

ArraySequence::ArraySequence(const workloads::Network& network, const Routing& routing,
                             const Mapping& mapping, const ChipConfig& chip, std::size_t group,
                             std::uint64_t part)
    : network_(network), mapping_(mapping), chip_(chip), group_(group), part_(part) {
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    if (network.nodes[node].matrix() && routing.at(node) == group &&
        mapping_of(mapping, node).unit == LayerUnit::arrays && part < tiling(node).parts())
      nodes_.push_back(node);
  }
}

LayerTiling ArraySequence::tiling(std::size_t node) const {
  return {network_.nodes[node].matrix()->shape, chip_, group_, mapping_of(mapping_, node)};
}

std::vector<TileOfNode> ArraySequence::remembered(std::size_t step, std::uint64_t index) const {
  const std::uint64_t all_rows = chip_.arrays[group_].array.rows;
  std::vector<TileOfNode> found;
  std::uint64_t rows = 0;
  const auto is_all = [&] { return rows == all_rows && found.size() >= weight_registers; };
  for (std::uint64_t end = index; !is_all(); end = tiles(nodes_[step]).count()) {
    const PartTiles tiles_of_step = tiles(nodes_[step]);
    // K tiles repeat: those further back have no more rows.
    const std::uint64_t furthest = std::min(end, tiles_of_step.k_tiles() + weight_registers);
    for (std::uint64_t back = 1; back <= furthest && !is_all(); ++back) {
      const LayerTile tile = tiles_of_step.at(end - back);
      if (tile.k <= rows && found.size() >= weight_registers) continue;
      rows = std::max(rows, tile.k);
      found.push_back({nodes_[step], tile});
    }
    if (step-- == 0) break;
  }
  std::ranges::reverse(found);
  return found;
}

}  // namespace neartile::router
