#include "layer_tiles.h"

#include <algorithm>

namespace neartile::router {
namespace {

std::uint64_t pieces(std::uint64_t size, std::uint64_t longest) {
  return (size + longest - 1) / longest;
}

Range share(const Range& all, std::uint64_t parts, std::uint64_t part) {
  const std::uint64_t begin = all.count * part / parts;
  return {all.first + begin, all.count * (part + 1) / parts - begin};
}

}  // namespace

std::uint64_t chunk_depth(const ChipConfig& chip) {
  return std::max<std::uint64_t>(1, chip.accumulator_vectors / 2);
}

LayerTile PartTiles::at(std::uint64_t index) const {
  LayerTile tile;
  tile.first_k = index % k_tiles_ * rows_;
  tile.k = std::min<std::uint64_t>(rows_, shape_.k() - tile.first_k);
  const std::uint64_t block = index / k_tiles_;
  const bool n_outer = order_ == TileOrder::n_outer;
  const std::uint64_t chunk = n_outer ? block % chunks_ : block / n_tiles_.count;
  const std::uint64_t n_tile = n_tiles_.first + (n_outer ? block / chunks_ : block % n_tiles_.count);
  const std::uint64_t begin = chunk * depth_;
  tile.vectors = {vectors_.first + begin, std::min(depth_, vectors_.count - begin)};
  tile.first_n = n_tile % group_n_tiles_ * columns_;
  tile.n = std::min<std::uint64_t>(columns_, shape_.n() - tile.first_n);
  tile.group = n_tile / group_n_tiles_;
  return tile;
}

LayerTiling::LayerTiling(const array::ConvolutionShape& shape, const ChipConfig& chip, std::size_t group,
                         const LayerMapping& mapping)
    : LayerTiling(shape, chip, group, mapping, {0, shape.m()}) {}

LayerTiling::LayerTiling(const array::ConvolutionShape& shape, const ChipConfig& chip, std::size_t group,
                         const LayerMapping& mapping, Range vectors)
    : split_(mapping.split) {
  const GroupConfig& config = chip.arrays.at(group);
  whole_.shape_ = shape;
  whole_.order_ = mapping.order;
  whole_.rows_ = config.array.rows;
  whole_.columns_ = config.array.columns;
  whole_.group_n_tiles_ = pieces(shape.n(), whole_.columns_);
  whole_.vectors_ = vectors;
  whole_.n_tiles_ = {0, shape.groups * whole_.group_n_tiles_};
  whole_.depth_ = mapping.m_chunk == 0 ? chunk_depth(chip) : std::min(mapping.m_chunk, chunk_depth(chip));
  whole_.k_tiles_ = pieces(shape.k(), whole_.rows_);
  parts_ = std::min(config.count, split_ == Split::m ? vectors.count : whole_.n_tiles_.count);
}

PartTiles LayerTiling::part(std::uint64_t part) const {
  PartTiles tiles = whole_;
  Range& shared = split_ == Split::m ? tiles.vectors_ : tiles.n_tiles_;
  shared = share(shared, parts_, part);
  tiles.chunks_ = pieces(tiles.vectors_.count, tiles.depth_);
  return tiles;
}

}  // namespace neartile::router
