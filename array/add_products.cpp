#include "add_products.h"

#include "neartile/array/gemm.h"

// Compiled once for each SIMD target; the best one is chosen at run time.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "add_products.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Sums = hn::CappedTag<std::int32_t, group_columns>;
using Products = hn::Rebind<std::int16_t, Sums>;

template <bool saturates, class V>
HWY_INLINE V bounded(V sum, V low, V high) {
  if constexpr (saturates) return hn::Min(hn::Max(sum, low), high);
  return sum;
}

template <bool saturates>
HWY_INLINE void add_products_as(MatrixView<const std::uint8_t> activations, const std::int16_t* rows,
                                const Bounds& bounds, std::int32_t* sums) {
  const Sums d;
  const Products p;
  const auto low = hn::Set(d, bounds.low);
  const auto high = hn::Set(d, bounds.high);
  for (std::size_t j = 0; j < group_columns; j += hn::Lanes(d))
    for (std::size_t m = 0; m < activations.rows; ++m) {
      const std::uint8_t* activation = activations.row(m);
      std::int32_t* place = sums + m * group_columns + j;
      auto sum = hn::LoadU(d, place);
      const std::int16_t* row = rows + j;
      for (std::size_t k = 0; k < activations.columns; ++k, row += 256 * group_columns) {
        const auto product = hn::LoadU(p, row + activation[k] * group_columns);
        sum = bounded<saturates>(hn::Add(sum, hn::PromoteTo(d, product)), low, high);
      }
      hn::StoreU(sum, d, place);
    }
}

void add_products(MatrixView<const std::uint8_t> activations, const std::int16_t* rows, const Bounds& bounds,
                  std::int32_t* sums) {
  if (bounds.saturates)
    add_products_as<true>(activations, rows, bounds, sums);
  else
    add_products_as<false>(activations, rows, bounds, sums);
}

void add_sums(const std::int32_t* sums, std::size_t count, const Bounds& bounds, std::int32_t* totals) {
  const Sums d;
  const auto low = hn::Set(d, bounds.low);
  const auto high = hn::Set(d, bounds.high);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto total = hn::Add(hn::LoadU(d, totals + i), hn::LoadU(d, sums + i));
    hn::StoreU(bounds.saturates ? bounded<true>(total, low, high) : total, d, totals + i);
  }
}

const char* target_name() {
  return hwy::TargetName(HWY_TARGET);
}

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(add_products);
HWY_EXPORT(add_sums);
HWY_EXPORT(target_name);

void add_products(MatrixView<const std::uint8_t> activations, const std::int16_t* rows, const Bounds& bounds,
                  std::int32_t* sums) {
  HWY_DYNAMIC_DISPATCH(add_products)(activations, rows, bounds, sums);
}

void add_sums(const std::int32_t* sums, std::size_t count, const Bounds& bounds, std::int32_t* totals) {
  HWY_DYNAMIC_DISPATCH(add_sums)(sums, count, bounds, totals);
}

const char* simd_target() {
  return HWY_DYNAMIC_DISPATCH(target_name)();
}

}  // namespace neartile::array
#endif
