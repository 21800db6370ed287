#include "layer_tiles.h"

#include <algorithm>

namespace neartile::router {
namespace {

std::uint64_t pieces(std::uint64_t size, std::uint64_t longest) {
  return (size + longest - 1) / longest;
}

}  // namespace

std::uint64_t part_count(const GroupConfig& group, std::uint64_t m) {
  return std::min(group.count, m);
}

VectorRange vectors_of_part(std::uint64_t m, std::uint64_t parts, std::uint64_t part) {
  const std::uint64_t first = m * part / parts;
  return {first, m * (part + 1) / parts - first};
}

std::uint64_t chunk_depth(const ChipConfig& chip) {
  return std::max<std::uint64_t>(1, chip.accumulator_vectors / 2);
}

PartTiles::PartTiles(const array::ConvolutionShape& shape, const array::ArrayConfig& array,
                     VectorRange vectors, std::uint64_t depth)
    : shape_(shape),
      rows_(array.rows),
      columns_(array.columns),
      vectors_(vectors),
      depth_(depth),
      k_tiles_(pieces(shape.k(), rows_)),
      n_tiles_(pieces(shape.n(), columns_)),
      chunks_(pieces(vectors.count, depth)) {}

LayerTile PartTiles::at(std::uint64_t index) const {
  LayerTile tile;
  tile.first_k = index % k_tiles_ * rows_;
  tile.k = std::min<std::uint64_t>(rows_, shape_.k() - tile.first_k);
  index /= k_tiles_;
  const std::uint64_t begin = index % chunks_ * depth_;
  tile.vectors = {vectors_.first + begin, std::min(depth_, vectors_.count - begin)};
  index /= chunks_;
  tile.first_n = index % n_tiles_ * columns_;
  tile.n = std::min<std::uint64_t>(columns_, shape_.n() - tile.first_n);
  tile.group = index / n_tiles_;
  return tile;
}

}  // namespace neartile::router
