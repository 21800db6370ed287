#pragma once

#include <cstdint>

#include "neartile/array/array_config.h"
#include "neartile/array/im2col.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/mapping.h"

namespace neartile::router {

/// Neighbouring things of a layer: activation vectors, or N tiles.
struct Range {
  std::uint64_t first = 0, count = 0;
};

/// One tile on its way through an array: its weights, and the vectors that stream through them.
struct LayerTile {
  std::uint64_t group = 0;  ///< of the convolution
  Range vectors;
  std::uint64_t first_k = 0, k = 0;
  std::uint64_t first_n = 0, n = 0;
};

/// The tiles of a layer's part in the order in which its array computes them. K tiles are innermost: those
/// of one N tile and M chunk, a *block*, add up in an accumulator half.
class PartTiles {
 public:
  std::uint64_t n_tiles() const { return n_tiles_.count; }
  std::uint64_t chunks() const { return chunks_; }
  std::uint64_t blocks() const { return n_tiles() * chunks(); }
  std::uint64_t k_tiles() const { return k_tiles_; }
  std::uint64_t count() const { return blocks() * k_tiles_; }
  LayerTile at(std::uint64_t index) const;

 private:
  friend class LayerTiling;
  PartTiles() = default;

  array::ConvolutionShape shape_;
  TileOrder order_ = TileOrder::n_outer;
  std::uint64_t rows_ = 1, columns_ = 1;
  std::uint64_t group_n_tiles_ = 1;  // of one convolution group
  Range vectors_, n_tiles_;          // N tiles of all groups are numbered one after the other
  std::uint64_t depth_ = 1, chunks_ = 0, k_tiles_ = 0;
};

/// How a layer's tiles are shared by the arrays of its group.
class LayerTiling {
 public:
  LayerTiling(const array::ConvolutionShape& shape, const ChipConfig& chip, std::size_t group,
              const LayerMapping& mapping);
  /// Some of the layer's vectors only.
  LayerTiling(const array::ConvolutionShape& shape, const ChipConfig& chip, std::size_t group,
              const LayerMapping& mapping, Range vectors);

  /// How many arrays of the group work: no more than there are vectors or N tiles to share.
  std::uint64_t parts() const { return parts_; }
  /// Each gets about as much as the others, the last one the most.
  PartTiles part(std::uint64_t part) const;

 private:
  PartTiles whole_;
  Split split_;
  std::uint64_t parts_;
};

/// Vectors that an accumulator half holds: the longest M chunk.
std::uint64_t chunk_depth(const ChipConfig& chip);

}  // namespace neartile::router
