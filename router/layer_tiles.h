#pragma once

#include <cstdint>

#include "neartile/array/array_config.h"
#include "neartile/array/im2col.h"
#include "neartile/router/chip_config.h"

namespace neartile::router {

/// Neighbouring activation vectors of a layer.
struct VectorRange {
  std::uint64_t first = 0, count = 0;
};

/// How many arrays of the group work on a layer of `m` vectors.
std::uint64_t part_count(const GroupConfig& group, std::uint64_t m);
/// What part `part` of them gets: M is split evenly.
VectorRange vectors_of_part(std::uint64_t m, std::uint64_t parts, std::uint64_t part);
/// Vectors that an accumulator half holds: the longest M chunk.
std::uint64_t chunk_depth(const ChipConfig& chip);

/// One tile on its way through an array: its weights, and the vectors that stream through them.
struct LayerTile {
  std::uint64_t group = 0;  ///< of the convolution
  VectorRange vectors;
  std::uint64_t first_k = 0, k = 0;
  std::uint64_t first_n = 0, n = 0;
};

/// The tiles of a layer's part in the order in which its array computes them: groups of the convolution, N
/// tiles, M chunks, K tiles innermost.
class PartTiles {
 public:
  PartTiles(const array::ConvolutionShape& shape, const array::ArrayConfig& array, VectorRange vectors,
            std::uint64_t depth);

  std::uint64_t count() const { return shape_.groups * n_tiles_ * chunks_ * k_tiles_; }
  std::uint64_t k_tiles() const { return k_tiles_; }
  LayerTile at(std::uint64_t index) const;

 private:
  array::ConvolutionShape shape_;
  std::uint64_t rows_, columns_;
  VectorRange vectors_;
  std::uint64_t depth_;
  std::uint64_t k_tiles_, n_tiles_, chunks_;
};

}  // namespace neartile::router
