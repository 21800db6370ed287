#pragma once

#include <cstddef>
#include <cstdint>

#include "activation_strips.h"
#include "aligned_vector.h"
#include "neartile/array/matrix.h"
#include "product_rows.h"
#include "toggle_stream.h"

namespace neartile::array {

/// Nets and registers of an array between two vectors, row by row; lanes are columns, filled up to a whole
/// number of panels. Products are in lane order (product_rows.h), all else is by column.
struct ArrayNets {
  ArrayNets(std::size_t rows, std::size_t columns);

  std::size_t lanes;
  AlignedVector<std::uint8_t> activations;   ///< of each row
  AlignedVector<std::int16_t> products;      ///< each PE's net
  AlignedVector<std::int32_t> partial_sums;  ///< each PE's; bits beyond the accumulator's mean nothing
};

/// Toggles of each PE, laid out as ArrayNets are.
struct NetToggles {
  NetToggles(std::size_t rows, std::size_t lanes) : product(rows * lanes), partial_sum(rows * lanes) {}
  void clear();

  AlignedVector<std::uint32_t> product;
  AlignedVector<std::uint32_t> partial_sum;
};

/// What all panels of a tile have in common.
struct TileStream {
  const ProductTable& table;
  SumFormat format;
  std::size_t rows;     ///< the array's
  std::size_t columns;  ///< the array's
  TileStrips activations;
  MatrixView<const std::int8_t> weights;
};

/// Streams a tile through the array, 64 columns at a time. Panels are independent of each other; each
/// thread needs a PanelStream of its own.
class PanelStream {
 public:
  /// All vectors, one after the other. Adds to `toggles`; sums are the tile's.
  void run(const TileStream& tile, std::size_t first_column, ArrayNets& nets, NetToggles& toggles,
           MatrixView<std::int32_t> sums);

  /// A sample: the first vector, pairs of neighbours, and the last vector. The first vector's changes are
  /// added to `toggles`, those within each pair to `pairs`; nets end as the last vector leaves them.
  void run_sample(const TileStream& tile, std::size_t first_column, ArrayNets& nets, NetToggles& toggles,
                  const PairToggles& pairs);

 private:
  template <class Stream>
  void for_each_strip(const TileStream& tile, std::size_t first_column, Stream&& stream);
  RowGroup row_group(const TileStream& tile, std::size_t strip, std::size_t column, ArrayNets& nets,
                     NetToggles& toggles) const;

  bool factored_ = false;                     ///< products of the tile's weights are of two factors
  AlignedVector<std::int16_t> product_rows_;  ///< or weight factors
  AlignedVector<std::int32_t> sums_;  ///< of a group's 32 columns on their way down; second group's behind
};

}  // namespace neartile::array
