#include "remap.h"

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

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(remap_vectors);

void remap(const std::array<std::uint8_t, 256>& map, const std::uint8_t* from, std::size_t count,
           std::uint8_t* to) {
  for (std::size_t i = HWY_DYNAMIC_DISPATCH(remap_vectors)(map.data(), from, count, to); i < count; ++i)
    to[i] = map[from[i]];
}

}  // namespace neartile::array
#endif
