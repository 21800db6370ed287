#include "settle.h"

#include <bit>
#include <cstring>

#include "activation_strips.h"

// Compiled once for each SIMD target whose vectors have a size known to the compiler.
#define HWY_WANT_AVX3_DL
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "settle.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {

#include "bit_vector.inc"

// Of the products at `lane`, those in even places are of columns from lane / 2 on, the others 16 further on.
HWY_INLINE void add_product_bits(BitVector bits, std::size_t lane, std::uint32_t* toggles) {
  const BitVector counts = bits_of_halves(bits);
  toggles += lane / 32 * 32 + lane % 32 / 2;
  add_to(toggles, low_half(counts));
  add_to(toggles + 16, high_half(counts));
}

void product_changes(std::size_t lanes, const std::int16_t* before, const std::int16_t* after,
                     std::uint32_t* toggles) {
  for (std::size_t lane = 0; lane < lanes; lane += 2 * vector_lanes)
    add_product_bits(load(before + lane) ^ load(after + lane), lane, toggles);
}

void settled_products(std::size_t lanes, std::int16_t after, std::int16_t* products, std::uint32_t* toggles) {
  const BitVector value = set(static_cast<std::uint16_t>(after) * 0x10001u);
  for (std::size_t lane = 0; lane < lanes; lane += 2 * vector_lanes) {
    add_product_bits(load(products + lane) ^ value, lane, toggles);
    store(value, products + lane);
  }
}

void settled_sums(std::size_t lanes, const std::int32_t* first, const std::int32_t* last,
                  const std::uint32_t* between, std::uint32_t mask, std::int32_t* partial_sums,
                  std::uint32_t* toggles) {
  for (std::size_t lane = 0; lane < lanes; lane += vector_lanes) {
    const BitVector changes = (load(partial_sums + lane) ^ load(first + lane)) & set(mask);
    add_to(toggles + lane, bits_of_lanes(changes) + load(between + lane));
    store(load(last + lane), partial_sums + lane);
  }
}

// Plain loops: the compiler knows the target's vectors.
std::uint64_t toggle_sum(const std::uint32_t* toggles, std::size_t count, std::uint64_t* totals) {
  std::uint64_t sum = 0;
  if (totals == nullptr)
    for (std::size_t i = 0; i < count; ++i) sum += toggles[i];
  else
    for (std::size_t i = 0; i < count; ++i) {
      sum += toggles[i];
      totals[i] += toggles[i];
    }
  return sum;
}

std::uint32_t byte_differences(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
  constexpr std::size_t vector_bytes = 4 * vector_lanes;
  BitVector sum = set(0);
  std::size_t i = 0;
  for (; i + vector_bytes <= count; i += vector_bytes) sum = sum + bits_of_lanes(load(a + i) ^ load(b + i));
  std::uint32_t sums[vector_lanes], bits = 0;
  store(sum, sums);
  for (const std::uint32_t lane : sums) bits += lane;
  for (; i < count; ++i) bits += static_cast<unsigned>(std::popcount(static_cast<std::uint8_t>(a[i] ^ b[i])));
  return bits;
}

void activation_changes(const std::uint8_t* strip, std::size_t vectors, std::uint64_t* toggles) {
  constexpr std::size_t vector_bytes = 4 * vector_lanes;
  const std::size_t count = (vectors - 1) * strip_rows;
  std::size_t i = 0;
  while (i + vector_bytes <= count) {
    BitVector sum = set(0);
    for (int n = 0; n < 31 && i + vector_bytes <= count; ++n, i += vector_bytes)  // 31 x 8 bits fit in a byte
      sum = sum + bits_of_bytes(load(strip + i) ^ load(strip + i + strip_rows));
    std::uint8_t sums[vector_bytes];
    store(sum, sums);
    for (std::size_t lane = 0; lane < vector_bytes; ++lane) toggles[lane % strip_rows] += sums[lane];
  }
  for (; i < count; ++i)
    toggles[i % strip_rows] +=
        static_cast<unsigned>(std::popcount(static_cast<std::uint8_t>(strip[i] ^ strip[i + strip_rows])));
}

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(product_changes);
HWY_EXPORT(settled_products);
HWY_EXPORT(settled_sums);
HWY_EXPORT(toggle_sum);
HWY_EXPORT(byte_differences);
HWY_EXPORT(activation_changes);

void count_product_changes(std::size_t lanes, const std::int16_t* before, const std::int16_t* after,
                           std::uint32_t* toggles) {
  HWY_DYNAMIC_DISPATCH(product_changes)(lanes, before, after, toggles);
}

void settle_products(std::size_t lanes, std::int16_t after, std::int16_t* products, std::uint32_t* toggles) {
  HWY_DYNAMIC_DISPATCH(settled_products)(lanes, after, products, toggles);
}

void settle_sums(std::size_t lanes, const std::int32_t* first, const std::int32_t* last,
                 const std::uint32_t* between, std::uint32_t mask, std::int32_t* partial_sums,
                 std::uint32_t* toggles) {
  HWY_DYNAMIC_DISPATCH(settled_sums)(lanes, first, last, between, mask, partial_sums, toggles);
}

std::uint64_t sum_of_toggles(const std::uint32_t* toggles, std::size_t count, std::uint64_t* totals) {
  return HWY_DYNAMIC_DISPATCH(toggle_sum)(toggles, count, totals);
}

std::uint32_t differing_bits(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(byte_differences)(a, b, count);
}

void count_activation_changes(const std::uint8_t* strip, std::size_t vectors, std::uint64_t* toggles) {
  HWY_DYNAMIC_DISPATCH(activation_changes)(strip, vectors, toggles);
}

}  // namespace neartile::array
#endif
