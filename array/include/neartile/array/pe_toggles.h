#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "neartile/traces/activity.h"

namespace neartile::array {

/// Toggles of an array PE by PE, added up over the runs that it is given to.
struct PeToggles {
  PeToggles(std::size_t array_rows, std::size_t array_columns)
      : rows(array_rows),
        columns(array_columns),
        activation(rows),
        product(rows * columns),
        partial_sum(rows * columns) {}

  std::size_t rows, columns;
  std::vector<std::uint64_t> activation;   ///< [row]: of each activation register of the row
  std::vector<std::uint64_t> product;      ///< [row * columns + column]: product nets
  std::vector<std::uint64_t> partial_sum;  ///< [row * columns + column]: partial-sum registers

  /// Those of the whole array.
  traces::ToggleCounts total() const;
};

}  // namespace neartile::array
