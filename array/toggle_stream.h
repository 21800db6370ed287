#pragma once

#include <cstddef>
#include <cstdint>

#include "add_products.h"
#include "product_rows.h"

namespace neartile::array {

/// Rows that stream_rows() treats together.
inline constexpr std::size_t stream_block = 4;

/// Some rows of PEs by 16 columns, between two vectors.
struct RowBlock {
  std::size_t rows = 0;                                         ///< at most stream_block
  const std::uint8_t* activations[stream_block] = {};           ///< the stream of each row
  const std::int16_t* product_rows = nullptr;                   ///< of row i at i * 256 * 16 (product_rows.h)
  std::int32_t products[stream_block][group_columns] = {};      ///< product nets
  std::int32_t partial_sums[stream_block][group_columns] = {};  ///< partial-sum registers
};

struct NetToggles {
  std::uint64_t product = 0;
  std::uint64_t partial_sum = 0;
};

/// Streams `vectors` vectors through the block. sums[t * 16 + j] holds what enters column j from above
/// with vector t, then what leaves below. `mask` has the accumulator's bits set: those count.
NetToggles stream_rows(RowBlock& block, std::size_t vectors, const Bounds& bounds, std::uint32_t mask,
                       std::int32_t* sums);

/// Bit changes under `mask` from each of `vectors` groups of 16 sums to the next.
std::uint64_t sum_toggles(const std::int32_t* sums, std::size_t vectors, std::uint32_t mask);

/// Bits in which two lists of `count` bytes differ.
std::uint64_t differing_bits(const std::uint8_t* a, const std::uint8_t* b, std::size_t count);

}  // namespace neartile::array
