#include "toggle_stream.h"

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

#include "bit_vector.inc"

#if HWY_TARGET == HWY_AVX3_DL
#include "toggle_stream_avx512.inc"
#else
#include "toggle_stream_any.inc"
#endif

void stream_rows(const RowGroup& group, std::size_t vectors, const SumFormat& format, std::int32_t* sums) {
  if (group.product_rows == nullptr)
    stream<true>(group, vectors, format, sums);
  else
    stream<false>(group, vectors, format, sums);
}

void stream_pairs(const RowGroup& group, std::size_t pairs, const SumFormat& format, std::int32_t* sums,
                  const PairToggles& toggles) {
  if (group.product_rows == nullptr)
    stream_in_pairs<true>(group, pairs, format, sums, toggles);
  else
    stream_in_pairs<false>(group, pairs, format, sums, toggles);
}

void count_pair_changes(std::size_t pairs, const SumFormat& format, const std::int32_t* sums,
                        std::uint32_t times, std::uint32_t* toggles) {
  for (std::size_t pair = 0; pair < pairs; ++pair, sums += 2 * group_columns)
    for (std::size_t j = 0; j < group_columns; j += vector_lanes) {
      BitVector bits = bits_of_lanes((load(sums + j) ^ load(sums + group_columns + j)) & set(format.mask));
      alignas(64) std::uint32_t counts[vector_lanes];
      store(bits, counts);
      for (const std::uint32_t count : counts) toggles[pair * pair_counters] += times * count;
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(stream_rows);
HWY_EXPORT(stream_pairs);
HWY_EXPORT(count_pair_changes);

void stream_rows(const RowGroup& group, std::size_t vectors, const SumFormat& format, std::int32_t* sums) {
  HWY_DYNAMIC_DISPATCH(stream_rows)(group, vectors, format, sums);
}

void stream_pairs(const RowGroup& group, std::size_t pairs, const SumFormat& format, std::int32_t* sums,
                  const PairToggles& toggles) {
  HWY_DYNAMIC_DISPATCH(stream_pairs)(group, pairs, format, sums, toggles);
}

void count_pair_changes(std::size_t pairs, const SumFormat& format, const std::int32_t* sums,
                        std::uint32_t times, std::uint32_t* toggles) {
  HWY_DYNAMIC_DISPATCH(count_pair_changes)(pairs, format, sums, times, toggles);
}

}  // namespace neartile::array
#endif
