#pragma once

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

/// Activation vectors cut into strips of eight elements. In a strip, the elements of a vector follow one
/// another, and vector follows vector; elements beyond the last are 0.
class ActivationStrips {
 public:
  void pack(MatrixView<const std::uint8_t> activations);
  /// The vectors of these numbers only.
  void pack(MatrixView<const std::uint8_t> activations, std::span<const std::size_t> vectors);

  std::size_t vectors() const { return vectors_; }
  std::size_t rows() const { return rows_; }
  std::size_t count() const { return (rows_ + strip_rows - 1) / strip_rows; }
  /// Rows of the strip that are elements.
  std::size_t rows_of(std::size_t strip) const {
    return strip + 1 < count() ? strip_rows : rows_ - strip * strip_rows;
  }
  const std::uint8_t* strip(std::size_t number) const { return &bytes_[number * vectors_ * strip_rows]; }
  const PatternSets& patterns(std::size_t strip) const { return patterns_[strip]; }

 private:
  void resize(std::size_t rows, std::size_t vectors);
  void find_patterns();

  std::size_t rows_ = 0, vectors_ = 0;
  AlignedVector<std::uint8_t> bytes_;
  AlignedVector<PatternSets> patterns_;
};

}  // namespace neartile::array
