#include "remap.h"

#include <algorithm>
#include <bit>

// Compiled once for each SIMD target; the best one is chosen at run time.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "remap.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {

// Highway has no lookup in 256 bytes: where there is an instruction for 128, two of them.
std::size_t remap_vectors([[maybe_unused]] const std::uint8_t* map, [[maybe_unused]] const std::uint8_t* from,
                          [[maybe_unused]] std::size_t count, [[maybe_unused]] std::uint8_t* to) {
  std::size_t i = 0;
#if HWY_TARGET == HWY_AVX3_DL
  const __m512i map0 = _mm512_loadu_si512(map), map1 = _mm512_loadu_si512(map + 64);
  const __m512i map2 = _mm512_loadu_si512(map + 128), map3 = _mm512_loadu_si512(map + 192);
  for (; i < count; i += 64) {
    const __mmask64 valid = count - i >= 64 ? ~0ull : (1ull << (count - i)) - 1;
    const __m512i bytes = _mm512_maskz_loadu_epi8(valid, from + i);
    const __m512i low = _mm512_permutex2var_epi8(map0, bytes, map1);
    const __m512i high = _mm512_permutex2var_epi8(map2, bytes, map3);
    _mm512_mask_storeu_epi8(to + i, valid, _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), low, high));
  }
  i = count;
#endif
  return i;
}

void choose_bytes(const std::uint64_t* chosen, const std::uint8_t* from, std::size_t size, std::uint8_t* to) {
  for (std::size_t i = 0; i < size; i += 64) {
    std::uint64_t set = chosen[i / 64];
    if (set == 0) continue;
#if HWY_TARGET == HWY_AVX3_DL
    // To a register and then as a whole: some processors compress to memory byte by byte.
    const __mmask64 valid = size - i >= 64 ? ~0ull : (1ull << (size - i)) - 1;
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(set, _mm512_maskz_loadu_epi8(valid, from + i)));
    to += std::popcount(set);
#else
    for (; set != 0; set &= set - 1) *to++ = from[i + static_cast<std::size_t>(std::countr_zero(set))];
#endif
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(remap_vectors);
HWY_EXPORT(choose_bytes);

void ByteChoice::add(std::size_t i) {
  if (chosen.size() <= i / 64) chosen.resize(i / 64 + 1);
  chosen[i / 64] |= std::uint64_t{1} << (i % 64);
  ++count;
}

void choose(const ByteChoice& choice, const std::uint8_t* from, std::size_t size, std::uint8_t* to) {
  const std::size_t end = std::min(size, 64 * choice.chosen.size());
  HWY_DYNAMIC_DISPATCH(choose_bytes)(choice.chosen.data(), from, end, to);
}

void remap(const std::array<std::uint8_t, 256>& map, const std::uint8_t* from, std::size_t count,
           std::uint8_t* to) {
  for (std::size_t i = HWY_DYNAMIC_DISPATCH(remap_vectors)(map.data(), from, count, to); i < count; ++i)
    to[i] = map[from[i]];
}

}  // namespace neartile::array
#endif
