#pragma once

#include <cstdint>
#include <vector>

#include "layer_tiles.h"
#include "neartile/router/routing.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// A tile of a node.
struct TileOfNode {
  std::size_t node = 0;
  LayerTile tile;
};

/// Everything that one array computes for an image, layer after layer.
class ArraySequence {
 public:
  /// Array `part` of group `group`.
  ArraySequence(const workloads::Network& network, const Routing& routing, const Mapping& mapping,
                const ChipConfig& chip, std::size_t group, std::uint64_t part);

  /// The nodes that it works on.
  const std::vector<std::size_t>& nodes() const { return nodes_; }
  PartTiles tiles(std::size_t node) const { return tiling(node).part(part_); }

  /// Tiles before tile `index` of nodes()[step] that the array's registers still remember, in order. A tile
  /// leaves its weights in one of two registers, its sums everywhere, and its last vector in the rows that it
  /// has: so what is left is that of the two tiles before and, in rows below them, of the latest tile that
  /// has more rows, and so on. Streaming the last vector of each of these brings an array after reset into
  /// the same state.
  std::vector<TileOfNode> remembered(std::size_t step, std::uint64_t index) const;

 private:
  LayerTiling tiling(std::size_t node) const;

  const workloads::Network& network_;
  const Mapping& mapping_;
  const ChipConfig& chip_;
  std::size_t group_;
  std::uint64_t part_;
  std::vector<std::size_t> nodes_;
};

}  // namespace neartile::router
