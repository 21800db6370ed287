#include <algorithm>
#include <vector>

#include "gemm_kernel.h"

// Compiled once for each SIMD target; the best one is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "word_gemm.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {
namespace {

// Bytes of 8 x 8 bits fill 16: the instruction for bytes saturates between two products, that for 16-bit
// words adds two of them within 32. Operands are widened and go in pairs of neighbouring k.
constexpr std::size_t deepest = 512;  // values of k at a time: a panel of weights stays in the first cache
constexpr std::size_t vectors = 6;    // rows of sums in registers
constexpr std::size_t most_columns = 32;

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
std::size_t panel_columns() {
  return 8;
}

void multiply_panel(const std::int32_t* activations, const std::int16_t* weights, std::size_t pairs,
                    std::int32_t* sums) {
  std::fill_n(sums, vectors * 8, 0);
  for (std::size_t i = 0; i < pairs; ++i)
    for (std::size_t m = 0; m < vectors; ++m) {
      const std::int32_t pair = activations[vectors * i + m];
      for (std::size_t n = 0; n < 8; ++n)
        sums[8 * m + n] +=
            (pair & 0xffff) * weights[2 * (8 * i + n)] + (pair >> 16) * weights[2 * (8 * i + n) + 1];
    }
}
#else
namespace hn = hwy::HWY_NAMESPACE;

std::size_t panel_columns() {
  return 2 * hn::Lanes(hn::ScalableTag<std::int32_t>());
}

// Sums of `vectors` rows and a panel of columns, [vector][column].
void multiply_panel(const std::int32_t* activations, const std::int16_t* weights, std::size_t pairs,
                    std::int32_t* sums) {
  const hn::ScalableTag<std::int32_t> words;
  const hn::Repartition<std::int16_t, decltype(words)> halves;
  const std::size_t lanes = hn::Lanes(words);
  using Sum = hn::Vec<decltype(words)>;
  Sum left[vectors], right[vectors], unused = hn::Zero(words);
  for (std::size_t m = 0; m < vectors; ++m) left[m] = right[m] = hn::Zero(words);
  for (std::size_t i = 0; i < pairs; ++i) {
    const auto weights_left = hn::LoadU(halves, weights + 4 * lanes * i);
    const auto weights_right = hn::LoadU(halves, weights + 4 * lanes * i + 2 * lanes);
    for (std::size_t m = 0; m < vectors; ++m) {
      const auto pair = hn::BitCast(halves, hn::Set(words, activations[vectors * i + m]));
      left[m] = hn::ReorderWidenMulAccumulate(words, pair, weights_left, left[m], unused);
      right[m] = hn::ReorderWidenMulAccumulate(words, pair, weights_right, right[m], unused);
    }
  }
  for (std::size_t m = 0; m < vectors; ++m) {
    hn::StoreU(left[m], words, sums + 2 * lanes * m);
    hn::StoreU(right[m], words, sums + 2 * lanes * m + lanes);
  }
}
#endif

// Panels of weights first_k .. first_k + depth - 1, [panel][pair of k][column][2], beyond the end 0.
void pack_weights(MatrixView<const std::int8_t> weights, std::size_t first_k, std::size_t depth,
                  std::vector<std::int16_t>& packed) {
  const std::size_t columns = panel_columns(), pairs = (depth + 1) / 2;
  packed.assign((weights.columns + columns - 1) / columns * columns * pairs * 2, 0);
  for (std::size_t k = 0; k < depth; ++k) {
    const std::int8_t* const row = weights.row(first_k + k);
    for (std::size_t first = 0; first < weights.columns; first += columns) {
      std::int16_t* const to = packed.data() + 2 * (first * pairs + k / 2 * columns) + k % 2;
      const std::size_t count = std::min(columns, weights.columns - first);
      for (std::size_t n = 0; n < count; ++n) to[2 * n] = row[first + n];
    }
  }
}

// Activations [pair of k][vector], two 16-bit words in each, the lower k below.
void pack_activations(MatrixView<const std::uint8_t> activations, std::size_t first_k, std::size_t depth,
                      std::int32_t* to) {
  if (activations.rows < vectors) std::fill_n(to, (depth + 1) / 2 * vectors, 0);
  for (std::size_t m = 0; m < activations.rows; ++m) {
    const std::uint8_t* const row = activations.row(m) + first_k;
    for (std::size_t k = 0; k + 1 < depth; k += 2)
      to[k / 2 * vectors + m] = row[k] | std::int32_t{row[k + 1]} << 16;
    if (depth % 2 == 1) to[depth / 2 * vectors + m] = row[depth - 1];
  }
}

// The first part is the sum so far.
void add_part(const std::int32_t* part, bool is_first, MatrixView<std::int32_t> sums) {
  for (std::size_t m = 0; m < sums.rows; ++m) {
    std::int32_t* const to = sums.row(m);
    for (std::size_t n = 0; n < sums.columns; ++n) {
      const std::uint32_t before = is_first ? 0 : static_cast<std::uint32_t>(to[n]);
      to[n] = static_cast<std::int32_t>(before + static_cast<std::uint32_t>(part[panel_columns() * m + n]));
    }
  }
}

void multiply(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
              MatrixView<std::int32_t> sums) {
  thread_local std::vector<std::int16_t> packed;
  std::int32_t operands[deepest / 2 * vectors], part[vectors * most_columns];
  const std::size_t columns = panel_columns();
  for (std::size_t first_k = 0; first_k < weights.rows; first_k += deepest) {
    const std::size_t depth = std::min(deepest, weights.rows - first_k), pairs = (depth + 1) / 2;
    pack_weights(weights, first_k, depth, packed);
    for (std::size_t m = 0; m < sums.rows; m += vectors) {
      const std::size_t rows = std::min(vectors, sums.rows - m);
      pack_activations(activations.block(m, 0, rows, activations.columns), first_k, depth, operands);
      for (std::size_t n = 0; n < sums.columns; n += columns) {
        multiply_panel(operands, packed.data() + 2 * n * pairs, pairs, part);
        add_part(part, first_k == 0, sums.block(m, n, rows, std::min(columns, sums.columns - n)));
      }
    }
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {
namespace {
HWY_EXPORT(multiply);
}  // namespace

void multiply_by_words(MatrixView<const std::uint8_t> activations, MatrixView<const std::int8_t> weights,
                       MatrixView<std::int32_t> sums) {
  HWY_DYNAMIC_DISPATCH(multiply)(activations, weights, sums);
}

// Elsewhere the instruction adds other neighbours, and has not been tried.
bool word_gemm_is_exact() {
  return HWY_ARCH_X86;
}

}  // namespace neartile::array
#endif
