#include "add_products.h"

#include <cstring>

#include "neartile/array/gemm.h"

// Compiled once for each SIMD target whose vectors have a size known to the compiler.
#define HWY_WANT_AVX3_DL
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "add_products.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {

#include "bit_vector.inc"

template <bool saturates>
HWY_INLINE BitVector within(BitVector sum, const Bounds& bounds) {
  if constexpr (!saturates) return sum;
  return bounded(sum, set(static_cast<std::uint32_t>(bounds.low)),
                 set(static_cast<std::uint32_t>(bounds.high)));
}

// Adds the products of a vector's activations in a vector of lanes, and in that of the columns 16 further on.
template <bool saturates, std::size_t fixed_rows>
HWY_INLINE void add_vector(const std::uint8_t* activations, std::size_t rows,
                           const std::int16_t* product_rows, const Bounds& bounds, std::int32_t* sums) {
  BitVector even = load(sums), odd = load(sums + 16);
  HWY_UNROLL(8)
  for (std::size_t i = 0; i < (fixed_rows > 0 ? fixed_rows : rows); ++i) {
    const BitVector products = load(product_rows + (i * 256 + activations[i]) * panel_columns);
    even = within<saturates>(add_widened<false>(even, products), bounds);
    odd = within<saturates>(add_widened<true>(odd, products), bounds);
  }
  store(even, sums);
  store(odd, sums + 16);
}

template <bool saturates, std::size_t fixed_rows>
HWY_INLINE void add_all(const std::uint8_t* strip, std::size_t rows, std::size_t vectors,
                        const std::int16_t* product_rows, const Bounds& bounds, std::int32_t* sums) {
  for (std::size_t column = 0; column < 16; column += vector_lanes)
    for (std::size_t m = 0; m < vectors; ++m)
      add_vector<saturates, fixed_rows>(strip + m * strip_rows, rows, product_rows + 2 * column, bounds,
                                        sums + m * group_columns + column);
}

void products_added(const std::uint8_t* strip, std::size_t rows, std::size_t vectors,
                    const std::int16_t* product_rows, const Bounds& bounds, std::int32_t* sums) {
  if (bounds.saturates)
    add_all<true, 0>(strip, rows, vectors, product_rows, bounds, sums);
  else if (rows == strip_rows)
    add_all<false, strip_rows>(strip, rows, vectors, product_rows, bounds, sums);
  else
    add_all<false, 0>(strip, rows, vectors, product_rows, bounds, sums);
}

const char* target_name() {
  return hwy::TargetName(HWY_TARGET);
}

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(products_added);
HWY_EXPORT(target_name);

void add_products(const std::uint8_t* strip, std::size_t rows, std::size_t vectors,
                  const std::int16_t* product_rows, const Bounds& bounds, std::int32_t* sums) {
  HWY_DYNAMIC_DISPATCH(products_added)(strip, rows, vectors, product_rows, bounds, sums);
}

const char* simd_target() {
  return HWY_DYNAMIC_DISPATCH(target_name)();
}

}  // namespace neartile::array
#endif
