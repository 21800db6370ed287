#pragma once

#include <cstddef>
#include <cstdint>

#include "bounds.h"
#include "product_rows.h"

namespace neartile::array {

/// sums[m * 32 + j] += product of row i in column j, for the rows i of a strip in order. `strip` holds the
/// activations of `vectors` vectors (activation_strips.h), `product_rows` is the group's half of the panel's.
void add_products(const std::uint8_t* strip, std::size_t rows, std::size_t vectors,
                  const std::int16_t* product_rows, const Bounds& bounds, std::int32_t* sums);

}  // namespace neartile::array
