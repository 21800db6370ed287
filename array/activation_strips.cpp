#include "activation_strips.h"

#include <algorithm>
#include <cstring>

namespace neartile::array {
namespace {

// Of so many vectors nearly every pattern occurs, or making its products costs next to nothing.
constexpr std::size_t most_searched = 1024;

PatternSets all_of(std::size_t rows) {
  PatternSets sets;
  std::fill(std::begin(sets.rows), std::end(sets.rows), static_cast<std::uint8_t>((1u << rows) - 1));
  return sets;
}

// Of few vectors, the work is in the sets themselves.
constexpr std::size_t few_vectors = 64;

// A byte for each row and pattern first: stores that depend on no load.
PatternSets search(const std::uint8_t* strip, std::size_t rows, std::size_t vectors) {
  PatternSets sets;
  if (vectors <= few_vectors) {
    for (std::size_t t = 0; t < vectors; ++t, strip += strip_rows)
      for (std::size_t i = 0; i < rows; ++i) sets.rows[strip[i]] |= static_cast<std::uint8_t>(1u << i);
    return sets;
  }
  std::uint8_t occurs[strip_rows][256] = {};
  for (std::size_t t = 0; t < vectors; ++t, strip += strip_rows)
    for (std::size_t i = 0; i < strip_rows; ++i) occurs[i][strip[i]] = 1;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t a = 0; a < 256; ++a) sets.rows[a] |= static_cast<std::uint8_t>(occurs[i][a] << i);
  return sets;
}

void copy_row(const std::uint8_t* from, std::size_t rows, std::size_t stride, std::uint8_t* to) {
  for (; rows >= strip_rows; rows -= strip_rows, from += strip_rows, to += stride)
    std::memcpy(to, from, strip_rows);
  if (rows == 0) return;
  std::memset(to, 0, strip_rows);
  std::memcpy(to, from, rows);
}

}  // namespace

void ActivationStrips::resize(std::size_t rows, std::size_t tile_rows, std::size_t vectors) {
  rows_ = rows;
  tile_rows_ = std::min(tile_rows, rows);
  vectors_ = vectors;
  bytes_.resize(tiles() * strips_a_tile() * vectors * strip_rows);
  patterns_.resize(tiles() * strips_a_tile());
}

TileStrips ActivationStrips::tile(std::size_t number) const {
  const std::size_t first = number * strips_a_tile();
  return {vectors_, std::min(tile_rows_, rows_ - number * tile_rows_), &bytes_[first * vectors_ * strip_rows],
          &patterns_[first]};
}

void ActivationStrips::copy(const std::uint8_t* vector, std::size_t number) {
  const std::size_t stride = vectors_ * strip_rows;
  std::uint8_t* to = &bytes_[number * strip_rows];
  if (tile_rows_ % strip_rows == 0) return copy_row(vector, rows_, stride, to);
  for (std::size_t first = 0; first < rows_; first += tile_rows_, to += strips_a_tile() * stride)
    copy_row(vector + first, std::min(tile_rows_, rows_ - first), stride, to);
}

void ActivationStrips::pack(MatrixView<const std::uint8_t> activations, std::size_t tile_rows) {
  resize(activations.columns, tile_rows, activations.rows);
  for (std::size_t t = 0; t < vectors_; ++t) copy(activations.row(t), t);
  find_patterns();
}

void ActivationStrips::pack(MatrixView<const std::uint8_t> activations,
                            std::span<const std::size_t> vectors) {
  resize(activations.columns, activations.columns, vectors.size());
  for (std::size_t t = 0; t < vectors_; ++t) copy(activations.row(vectors[t]), t);
  find_patterns();
}

void ActivationStrips::find_patterns() {
  for (std::size_t number = 0; number < tiles(); ++number) {
    const TileStrips strips = tile(number);
    PatternSets* sets = &patterns_[number * strips_a_tile()];
    for (std::size_t i = 0; i < strips.count(); ++i)
      sets[i] = vectors_ > most_searched ? all_of(strips.rows_of(i))
                                         : search(strips.strip(i), strips.rows_of(i), vectors_);
  }
}

}  // namespace neartile::array
