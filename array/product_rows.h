#pragma once

#include <cstddef>
#include <cstdint>

#include "neartile/pe/truth_table.h"

namespace neartile::array {

/// Columns that the kernels treat together: products of 16 weights, side by side.
inline constexpr std::size_t group_columns = 16;

/// The activation patterns that occur in a stream.
class PatternSet {
 public:
  void add(std::uint8_t pattern) { occurs_[pattern] = true; }
  bool contains(std::size_t pattern) const { return occurs_[pattern]; }

 private:
  bool occurs_[256] = {};
};

/// rows[a * 16 + j] = f(a, weights[j]) for the patterns a of `patterns`, of `columns` <= 16 weights;
/// the other columns' products are 0. `rows` has 256 x 16 places.
void build_product_rows(const pe::TruthTable& table, const PatternSet& patterns, const std::int8_t* weights,
                        std::size_t columns, std::int16_t* rows);

}  // namespace neartile::array
