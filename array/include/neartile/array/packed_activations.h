#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "neartile/array/matrix.h"

namespace neartile::array {

/// The activation vectors of a layer, or of a chunk of its M, laid out for ArrayKernel once for all the tiles
/// and all the arrays, of any PE type, that they stream through.
class PackedActivations {
 public:
  PackedActivations();
  /// M x K, cut into tiles of `array_rows` elements.
  PackedActivations(MatrixView<const std::uint8_t> activations, std::size_t array_rows);
  PackedActivations(PackedActivations&&) noexcept;
  PackedActivations& operator=(PackedActivations&&) noexcept;
  ~PackedActivations();

  /// Takes other vectors into the same memory.
  void pack(MatrixView<const std::uint8_t> activations, std::size_t array_rows);

  std::size_t vectors() const;
  std::size_t tiles() const;
  /// Elements of a vector in this tile.
  std::size_t tile_rows(std::size_t tile) const;

  struct Chunks;
  const Chunks& chunks() const { return *chunks_; }

 private:
  std::unique_ptr<Chunks> chunks_;
};

}  // namespace neartile::array
