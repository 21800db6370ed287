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

void ActivationStrips::resize(std::size_t rows, std::size_t vectors) {
  rows_ = rows;
  vectors_ = vectors;
  bytes_.resize(count() * vectors * strip_rows);
  patterns_.resize(count());
}

void ActivationStrips::pack(MatrixView<const std::uint8_t> activations) {
  resize(activations.columns, activations.rows);
  for (std::size_t t = 0; t < vectors_; ++t)
    copy_row(activations.row(t), rows_, vectors_ * strip_rows, &bytes_[t * strip_rows]);
  find_patterns();
}

void ActivationStrips::pack(MatrixView<const std::uint8_t> activations,
                            std::span<const std::size_t> vectors) {
  resize(activations.columns, vectors.size());
  for (std::size_t t = 0; t < vectors_; ++t)
    copy_row(activations.row(vectors[t]), rows_, vectors_ * strip_rows, &bytes_[t * strip_rows]);
  find_patterns();
}

void ActivationStrips::find_patterns() {
  for (std::size_t i = 0; i < count(); ++i)
    patterns_[i] = vectors_ > most_searched ? all_of(rows_of(i)) : search(strip(i), rows_of(i), vectors_);
}

}  // namespace neartile::array
