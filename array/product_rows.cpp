#include "product_rows.h"

#include <algorithm>

namespace neartile::array {

void build_product_rows(const pe::TruthTable& table, const PatternSet& patterns, const std::int8_t* weights,
                        std::size_t columns, std::int16_t* rows) {
  std::uint8_t pattern[group_columns] = {};
  std::copy_n(weights, columns, pattern);
  for (std::size_t a = 0; a < 256; ++a) {
    if (!patterns.contains(a)) continue;
    const std::int16_t* products = table.row(static_cast<std::uint8_t>(a));
    std::int16_t* row = rows + a * group_columns;
    for (std::size_t j = 0; j < group_columns; ++j) row[j] = products[pattern[j]];
    std::fill(row + columns, row + group_columns, std::int16_t{0});
  }
}

}  // namespace neartile::array
