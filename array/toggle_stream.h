#pragma once

#include <cstddef>
#include <cstdint>

#include "bounds.h"
#include "product_rows.h"

namespace neartile::array {

/// PEs of up to strip_rows rows by 32 columns: registers, nets and their toggles, row by row. Products are
/// in lane order (product_rows.h), all else is by column.
struct RowGroup {
  std::size_t rows = 0;
  std::size_t stride = 0;                      ///< from a row of registers to the next
  const std::uint8_t* strip = nullptr;         ///< activations (activation_strips.h)
  const std::int16_t* product_rows = nullptr;  ///< the group's half of the panel's; or, where it is null,
  const std::int16_t* activation_factors = nullptr;  ///< by activation pattern: products are these times
  const std::int16_t* weight_factors = nullptr;      ///< those of row i at i * panel_columns, in lane order
  std::int16_t* products = nullptr;                  ///< product nets
  std::int32_t* partial_sums = nullptr;              ///< partial-sum registers
  std::uint32_t* product_toggles = nullptr;          ///< are added to
  std::uint32_t* partial_sum_toggles = nullptr;      ///< are added to
};

/// What partial sums are like: where they saturate, and the accumulator's bits, which are those that count.
struct SumFormat {
  Bounds bounds;
  std::uint32_t mask = ~std::uint32_t{0};
};

/// Vectors that one call of stream_rows() takes at most: its counters have 16 bits.
inline constexpr std::size_t longest_stream = 4096;

/// Streams vectors through the group. sums[t * 32 + j] holds what enters column j from above with vector t,
/// then what leaves below.
void stream_rows(const RowGroup& group, std::size_t vectors, const SumFormat& format, std::int32_t* sums);

/// Counters of a pair of vectors, which add up to its toggles.
inline constexpr std::size_t pair_counters = 16;

/// The counters of pair p are at [p * pair_counters].
struct PairToggles {
  std::uint32_t* product = nullptr;
  std::uint32_t* partial_sum = nullptr;
};

/// Streams pairs of vectors through the group and adds up what differs within each pair. Registers of the
/// group are left alone.
void stream_pairs(const RowGroup& group, std::size_t pairs, const SumFormat& format, std::int32_t* sums,
                  const PairToggles& toggles);

/// Adds `times` what differs within each pair of the sums.
void count_pair_changes(std::size_t pairs, const SumFormat& format, const std::int32_t* sums,
                        std::uint32_t times, std::uint32_t* toggles);

}  // namespace neartile::array
