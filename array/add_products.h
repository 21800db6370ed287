#pragma once

#include <cstddef>
#include <cstdint>

#include "neartile/array/matrix.h"
#include "product_rows.h"

namespace neartile::array {

/// Bounds of a sum that saturates; none where sums wrap (at 32 bits).
struct Bounds {
  bool saturates = false;
  std::int32_t low = 0;
  std::int32_t high = 0;
};

/// sums[m * 16 + j] += rows_k[activations(m, k)][j] for k in order, k < activations.columns <= 16.
/// The product rows of k begin at rows + k * 256 * 16 (product_rows.h).
void add_products(MatrixView<const std::uint8_t> activations, const std::int16_t* rows, const Bounds& bounds,
                  std::int32_t* sums);

/// totals[i] = totals[i] + sums[i] within the bounds, for i < count, a multiple of 16.
void add_sums(const std::int32_t* sums, std::size_t count, const Bounds& bounds, std::int32_t* totals);

}  // namespace neartile::array
