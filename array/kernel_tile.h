#pragma once

#include <algorithm>
#include <vector>

#include "neartile/array/matrix.h"
#include "product_rows.h"

namespace neartile::array {

/// A tile's operands, activations turned so that each row's stream lies in a piece.
struct KernelTile {
  KernelTile(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> tile_weights)
      : vectors(activations.rows),
        rows(tile_weights.rows),
        columns(tile_weights.columns),
        weights(tile_weights),
        streams(rows * vectors),
        patterns(rows) {
    constexpr std::size_t block = 64;
    for (std::size_t first = 0; first < vectors; first += block)
      for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t t = first; t < std::min(first + block, vectors); ++t)
          streams[r * vectors + t] = activations(t, r);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t t = 0; t < vectors; ++t) patterns[r].add(stream(r)[t]);
  }

  const std::uint8_t* stream(std::size_t row) const { return &streams[row * vectors]; }
  std::uint8_t first(std::size_t row) const { return stream(row)[0]; }
  std::uint8_t last(std::size_t row) const { return stream(row)[vectors - 1]; }
  /// The weight that PE(row, column) works with: 0 outside the tile.
  std::uint8_t weight(std::size_t row, std::size_t column) const {
    return row < rows && column < columns ? static_cast<std::uint8_t>(weights(row, column)) : std::uint8_t{0};
  }

  std::size_t vectors, rows, columns;
  MatrixView<const std::int8_t> weights;
  std::vector<std::uint8_t> streams;
  std::vector<PatternSet> patterns;
};

}  // namespace neartile::array
