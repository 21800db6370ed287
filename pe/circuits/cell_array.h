#pragma once

#include "arithmetic.h"

namespace neartile::pe {

/// An array of partial-product cells a_i b_j of weight 2^(i+j), of which those with i + j >= first_column
/// and j >= first_row are there. Signed (Baugh-Wooley): cells with just one of i, j at the sign bit n - 1
/// are complemented, and 2^n + 2^(2n-1) are added. Dropped cells count as 0, complemented or not; the
/// constants always stay.
struct CellArray {
  int width = 8;  ///< n, of both operands; products have 2 n bits
  int first_column = 0;
  int first_row = 0;
  bool is_signed = false;
  std::uint32_t constant = 0;  ///< added

  bool has(int i, int j) const { return i + j >= first_column && j >= first_row; }
  bool complements(int i, int j) const { return is_signed && (i == width - 1) != (j == width - 1); }
  std::uint32_t offset() const {
    return constant + (is_signed ? (1u << width) + (1u << (2 * width - 1)) : 0u);
  }
};

/// The definition: the sum of the cells and constants modulo 2^16, for patterns of 8 bits.
std::uint32_t sum_of_cells(const CellArray& array, std::uint32_t a, std::uint32_t b);
/// The same read as two's complement.
std::int32_t signed_sum_of_cells(const CellArray& array, std::int32_t a, std::int32_t b);

/// The array in gates, row by row, 2 n bits.
Bus array_multiplier(Gates& gates, const CellArray& array, const Bus& a, const Bus& b);
/// The same as a tree.
Bus tree_multiplier(Gates& gates, const CellArray& array, const Bus& a, const Bus& b);

}  // namespace neartile::pe
