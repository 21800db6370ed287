#include "toggle_stream.h"

#include <bit>
#include <cstring>

// Compiled once for each SIMD target whose vectors have a size known to the compiler.
#define HWY_WANT_AVX3_DL
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "toggle_stream.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Sums = hn::CappedTag<std::int32_t, group_columns>;
using Products = hn::Rebind<std::int16_t, Sums>;
#if HWY_TARGET == HWY_SCALAR  // one lane of 32 bits: good for 2^25 vectors a call
using Counts = hn::Repartition<std::uint32_t, Sums>;
#else
using Counts = hn::Repartition<std::uint64_t, Sums>;
#endif
using SumVector = hn::Vec<Sums>;
using CountVector = hn::Vec<Counts>;

HWY_INLINE CountVector toggles(SumVector before, SumVector after, SumVector mask) {
  return hn::PopulationCount(hn::BitCast(Counts(), hn::And(hn::Xor(before, after), mask)));
}

HWY_INLINE std::uint64_t total(CountVector counts) {
  return hn::GetLane(hn::SumOfLanes(Counts(), counts));
}

// Vector by vector down the rows, so that a sum is loaded and stored once a block.
template <std::size_t rows, bool saturates>
HWY_INLINE NetToggles stream(RowBlock& block, std::size_t vectors, const Bounds& bounds, std::uint32_t mask,
                             std::int32_t* sums) {
  const Sums d;
  const auto low = hn::Set(d, bounds.low);
  const auto high = hn::Set(d, bounds.high);
  const auto sum_mask = hn::Set(d, static_cast<std::int32_t>(mask));
  const auto product_mask = hn::Set(d, 0xffff);
  auto product_count = hn::Zero(Counts());
  auto sum_count = hn::Zero(Counts());
  for (std::size_t j = 0; j < group_columns; j += hn::Lanes(d)) {
    SumVector products[rows], registers[rows];
    for (std::size_t i = 0; i < rows; ++i) {
      products[i] = hn::LoadU(d, block.products[i] + j);
      registers[i] = hn::LoadU(d, block.partial_sums[i] + j);
    }
    for (std::size_t t = 0; t < vectors; ++t) {
      std::int32_t* place = sums + t * group_columns + j;
      auto sum = hn::LoadU(d, place);
      HWY_UNROLL(4)
      for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t row = (i * 256 + block.activations[i][t]) * group_columns + j;
        const auto product = hn::PromoteTo(d, hn::LoadU(Products(), block.product_rows + row));
        product_count = hn::Add(product_count, toggles(products[i], product, product_mask));
        products[i] = product;
        sum = hn::Add(sum, product);
        if constexpr (saturates) sum = hn::Min(hn::Max(sum, low), high);
        sum_count = hn::Add(sum_count, toggles(registers[i], sum, sum_mask));
        registers[i] = sum;
      }
      hn::StoreU(sum, d, place);
    }
    for (std::size_t i = 0; i < rows; ++i) {
      hn::StoreU(products[i], d, block.products[i] + j);
      hn::StoreU(registers[i], d, block.partial_sums[i] + j);
    }
  }
  return {total(product_count), total(sum_count)};
}

template <bool saturates>
NetToggles stream_as(RowBlock& block, std::size_t vectors, const Bounds& bounds, std::uint32_t mask,
                     std::int32_t* sums) {
  switch (block.rows) {
    case 1:
      return stream<1, saturates>(block, vectors, bounds, mask, sums);
    case 2:
      return stream<2, saturates>(block, vectors, bounds, mask, sums);
    case 3:
      return stream<3, saturates>(block, vectors, bounds, mask, sums);
    default:
      return stream<4, saturates>(block, vectors, bounds, mask, sums);
  }
}

NetToggles stream_rows(RowBlock& block, std::size_t vectors, const Bounds& bounds, std::uint32_t mask,
                       std::int32_t* sums) {
  if (bounds.saturates) return stream_as<true>(block, vectors, bounds, mask, sums);
  return stream_as<false>(block, vectors, bounds, mask, sums);
}

std::uint64_t sum_toggles(const std::int32_t* sums, std::size_t vectors, std::uint32_t mask) {
  const Sums d;
  const auto sum_mask = hn::Set(d, static_cast<std::int32_t>(mask));
  auto count = hn::Zero(Counts());
  for (std::size_t i = group_columns; i < vectors * group_columns; i += hn::Lanes(d))
    count = hn::Add(count, toggles(hn::LoadU(d, sums + i - group_columns), hn::LoadU(d, sums + i), sum_mask));
  return total(count);
}

std::uint64_t differing_bits(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
  std::uint64_t bits = 0;
  std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<std::uint64_t> d;
  const hn::Repartition<std::uint8_t, decltype(d)> bytes;
  auto counts = hn::Zero(d);
  for (; i + hn::Lanes(bytes) <= count; i += hn::Lanes(bytes)) {
    const auto difference = hn::Xor(hn::LoadU(bytes, a + i), hn::LoadU(bytes, b + i));
    counts = hn::Add(counts, hn::PopulationCount(hn::BitCast(d, difference)));
  }
  bits = hn::GetLane(hn::SumOfLanes(d, counts));
#endif
  for (; i < count; ++i) bits += static_cast<unsigned>(std::popcount(static_cast<std::uint8_t>(a[i] ^ b[i])));
  return bits;
}

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(stream_rows);
HWY_EXPORT(sum_toggles);
HWY_EXPORT(differing_bits);

NetToggles stream_rows(RowBlock& block, std::size_t vectors, const Bounds& bounds, std::uint32_t mask,
                       std::int32_t* sums) {
  return HWY_DYNAMIC_DISPATCH(stream_rows)(block, vectors, bounds, mask, sums);
}

std::uint64_t sum_toggles(const std::int32_t* sums, std::size_t vectors, std::uint32_t mask) {
  return HWY_DYNAMIC_DISPATCH(sum_toggles)(sums, vectors, mask);
}

std::uint64_t differing_bits(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(differing_bits)(a, b, count);
}

}  // namespace neartile::array
#endif
