#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "aligned_vector.h"
#include "neartile/array/matrix.h"

namespace neartile::array {

/// Elements of an activation vector that the kernels take together.
inline constexpr std::size_t strip_rows = 8;

/// Which activation patterns occur in a strip: bit i of rows[a] tells that a does in its element i.
struct PatternSets {
  alignas(64) std::uint8_t rows[256] = {};
};

/// The strips of one tile: eight elements each of its vectors. In a strip, the elements of a vector follow
/// one another, and vector follows vector; elements beyond the tile's last are 0.
struct TileStrips {
  std::size_t vectors = 0;
  std::size_t rows = 0;  ///< elements of a vector in the tile
  const std::uint8_t* bytes = nullptr;
  const PatternSets* pattern_sets = nullptr;

  std::size_t count() const { return (rows + strip_rows - 1) / strip_rows; }
  /// Rows of a strip that are elements.
  std::size_t rows_of(std::size_t strip) const { return std::min(strip_rows, rows - strip * strip_rows); }
  const std::uint8_t* strip(std::size_t number) const { return bytes + number * vectors * strip_rows; }
  const PatternSets& patterns(std::size_t strip) const { return pattern_sets[strip]; }
};

/// Activation vectors cut into tiles of `tile_rows` elements, and these into strips.
class ActivationStrips {
 public:
  void pack(MatrixView<const std::uint8_t> activations, std::size_t tile_rows);
  /// The vectors of these numbers only, as one tile.
  void pack(MatrixView<const std::uint8_t> activations, std::span<const std::size_t> vectors);

  std::size_t vectors() const { return vectors_; }
  std::size_t tiles() const { return (rows_ + tile_rows_ - 1) / tile_rows_; }
  TileStrips tile(std::size_t number) const;

 private:
  void resize(std::size_t rows, std::size_t tile_rows, std::size_t vectors);
  void copy(const std::uint8_t* vector, std::size_t number);
  void find_patterns();
  std::size_t strips_a_tile() const { return (tile_rows_ + strip_rows - 1) / strip_rows; }

  std::size_t rows_ = 0, tile_rows_ = 1, vectors_ = 0;
  AlignedVector<std::uint8_t> bytes_;
  AlignedVector<PatternSets> patterns_;
};

}  // namespace neartile::array
