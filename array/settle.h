#pragma once

#include <cstddef>
#include <cstdint>

namespace neartile::array {

// Changes without a stream of products. `lanes` is a multiple of 32 everywhere; products are in lane order
// (product_rows.h), all else is by column, and toggles are added to.

/// Counts in which bits products differ.
void count_product_changes(std::size_t lanes, const std::int16_t* before, const std::int16_t* after,
                           std::uint32_t* toggles);

/// Product nets change to `after`.
void settle_products(std::size_t lanes, std::int16_t after, std::int16_t* products, std::uint32_t* toggles);

/// Partial-sum registers change to `first` and end at `last`, after `between` more toggles.
void settle_sums(std::size_t lanes, const std::int32_t* first, const std::int32_t* last,
                 const std::uint32_t* between, std::uint32_t mask, std::int32_t* partial_sums,
                 std::uint32_t* toggles);

/// Adds up toggles; where `totals` is not null, adds each to its place there, too. `count` is any.
std::uint64_t sum_of_toggles(const std::uint32_t* toggles, std::size_t count, std::uint64_t* totals);

/// Bits in which `count` bytes differ.
std::uint32_t differing_bits(const std::uint8_t* a, const std::uint8_t* b, std::size_t count);

/// toggles[i] += those of element i of a strip (activation_strips.h) from each of its vectors to the next.
void count_activation_changes(const std::uint8_t* strip, std::size_t vectors, std::uint64_t* toggles);

}  // namespace neartile::array
