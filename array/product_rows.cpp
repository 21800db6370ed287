#include "product_rows.h"

#include <array>
#include <bit>
#include <utility>

// Compiled once for each SIMD target; the best one is chosen at run time.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "product_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace neartile::array {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_AVX3_DL

// The 256 products of one activation in registers: low bytes and high bytes. A product is one lookup in
// each; weights are the indices.
class ProductsOf {
 public:
  HWY_INLINE ProductsOf(const ProductTable& table, std::uint8_t activation) {
    for (std::size_t i = 0; i < 4; ++i) {
      low_[i] = _mm512_load_si512(table.low_bytes(activation) + 64 * i);
      high_[i] = _mm512_load_si512(table.high_bytes(activation) + 64 * i);
    }
  }
  // Products of bytes 0..7 of each 16 weights, and of bytes 8..15.
  HWY_INLINE std::pair<__m512i, __m512i> at(__m512i weights) const {
    const __m512i low = bytes_at(low_, weights), high = bytes_at(high_, weights);
    return {_mm512_unpacklo_epi8(low, high), _mm512_unpackhi_epi8(low, high)};
  }

 private:
  static HWY_INLINE __m512i bytes_at(const __m512i* table, __m512i index) {
    const __m512i lower = _mm512_permutex2var_epi8(table[0], index, table[1]);
    const __m512i upper = _mm512_permutex2var_epi8(table[2], index, table[3]);
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(index), lower, upper);
  }

  __m512i low_[4], high_[4];
};

void build_rows(const ProductTable& table, const PatternSets& patterns, const PanelWeights& weights,
                std::int16_t* rows) {
  for (std::size_t first = 0; first < 256; first += 64) {
    const __m512i sets = _mm512_load_si512(patterns.rows + first);
    for (std::uint64_t left = _mm512_test_epi8_mask(sets, sets); left != 0; left &= left - 1) {
      const std::size_t a = first + static_cast<std::size_t>(std::countr_zero(left));
      const ProductsOf products(table, static_cast<std::uint8_t>(a));
      for (unsigned set = patterns.rows[a]; set != 0; set &= set - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(set));
        const auto [low, high] = products.at(_mm512_load_si512(weights.patterns[i]));
        std::int16_t* row = rows + (i * 256 + a) * panel_columns;
        _mm512_store_si512(row, low);
        _mm512_store_si512(row + group_columns, high);
      }
    }
  }
}

// In the order of the places.
void pack_row(const std::int8_t* weights, std::size_t count, const std::uint8_t* columns,
              std::uint8_t* places) {
  const __mmask64 valid = ~std::uint64_t{0} >> (64 - count);
  const __m512i row = _mm512_maskz_loadu_epi8(valid, weights);
  _mm512_store_si512(places, _mm512_permutexvar_epi8(_mm512_load_si512(columns), row));
}

void look_up(const ProductTable& table, std::uint8_t activation, const std::uint8_t* weights,
             std::size_t count, std::int16_t* products) {
  const ProductsOf of(table, activation);
  // Quarters 0 and 1 of the results are bytes 0..15 of the weights, as first and second half.
  const __m512i low = _mm512_setr_epi64(0, 1, 8, 9, 2, 3, 10, 11), high = _mm512_set1_epi64(4);
  for (std::size_t i = 0; i < count; i += 64) {
    const std::size_t here = count - i < 64 ? count - i : 64;
    const __mmask64 valid = ~std::uint64_t{0} >> (64 - here);
    const auto [first, second] = of.at(_mm512_maskz_loadu_epi8(valid, weights + i));
    const __m512i lower = _mm512_permutex2var_epi64(first, low, second);
    const __m512i upper = _mm512_permutex2var_epi64(first, _mm512_add_epi64(low, high), second);
    _mm512_mask_storeu_epi16(products + i, static_cast<__mmask32>(valid), lower);
    _mm512_mask_storeu_epi16(products + i + 32, static_cast<__mmask32>(valid >> 32), upper);
  }
}

#else

void pack_row(const std::int8_t* weights, std::size_t count, const std::uint8_t* columns,
              std::uint8_t* places) {
  for (std::size_t place = 0; place < panel_columns; ++place)
    places[place] =
        columns[place] < count ? static_cast<std::uint8_t>(weights[columns[place]]) : std::uint8_t{0};
}

#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128

void build_rows(const ProductTable& table, const PatternSets& patterns, const PanelWeights& weights,
                std::int16_t* rows) {
  for (std::size_t a = 0; a < 256; ++a)
    for (unsigned set = patterns.rows[a]; set != 0; set &= set - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(set));
      const std::int16_t* products = table.row(static_cast<std::uint8_t>(a));
      const std::uint8_t* weight = weights.patterns[i];
      std::int16_t* row = rows + (i * 256 + a) * panel_columns;
      for (std::size_t q = 0; q < 4; ++q, weight += 16, row += 8)
        for (std::size_t j = 0; j < 8; ++j) {
          row[j] = products[weight[j]];
          row[j + group_columns] = products[weight[j + 8]];
        }
    }
}

#else

namespace hn = hwy::HWY_NAMESPACE;

// Eight products each of eight weights, turned into eight of each activation.
class Turned {
 public:
  HWY_INLINE Turned(const ProductTable& table, const std::uint8_t* weights, std::size_t first) {
    for (std::size_t j = 0; j < 8; j += 2) {
      const auto a = hn::LoadU(D16(), table.column(weights[j]) + first);
      const auto b = hn::LoadU(D16(), table.column(weights[j + 1]) + first);
      pairs_[0][j / 2] = hn::BitCast(D32(), hn::InterleaveLower(D16(), a, b));
      pairs_[1][j / 2] = hn::BitCast(D32(), hn::InterleaveUpper(D16(), a, b));
    }
  }
  // Of the first activation at `row`, of the others behind, a product row apart.
  HWY_INLINE void store(std::int16_t* row) const {
    for (std::size_t half = 0; half < 2; ++half, row += 4 * panel_columns) {
      const auto* p = pairs_[half];
      store_two(hn::InterleaveLower(D32(), p[0], p[1]), hn::InterleaveLower(D32(), p[2], p[3]), row);
      store_two(hn::InterleaveUpper(D32(), p[0], p[1]), hn::InterleaveUpper(D32(), p[2], p[3]),
                row + 2 * panel_columns);
    }
  }

 private:
  using D16 = hn::FixedTag<std::int16_t, 8>;
  using D32 = hn::FixedTag<std::int32_t, 4>;
  using D64 = hn::FixedTag<std::int64_t, 2>;

  static HWY_INLINE void store_two(hn::Vec<D32> left, hn::Vec<D32> right, std::int16_t* row) {
    const auto a = hn::BitCast(D64(), left), b = hn::BitCast(D64(), right);
    hn::StoreU(hn::BitCast(D16(), hn::InterleaveLower(D64(), a, b)), D16(), row);
    hn::StoreU(hn::BitCast(D16(), hn::InterleaveUpper(D64(), a, b)), D16(), row + panel_columns);
  }

  hn::Vec<D32> pairs_[2][4];  // activations 0..3 and 4..7 of two weights each
};

// Eight activation patterns and weights at a time: those of them that do not occur cost less than a choice.
void build_rows(const ProductTable& table, const PatternSets& patterns, const PanelWeights& weights,
                std::int16_t* rows) {
  for (std::size_t first = 0; first < 256; first += 8) {
    unsigned set = 0;
    for (std::size_t a = first; a < first + 8; ++a) set |= patterns.rows[a];
    for (; set != 0; set &= set - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(set));
      for (std::size_t place = 0; place < panel_columns; place += 8)
        Turned(table, weights.patterns[i] + place, first)
            .store(rows + (i * 256 + first) * panel_columns + place % 16 / 8 * group_columns +
                   place / 16 * 8);
    }
  }
}

#endif

void look_up(const ProductTable& table, std::uint8_t activation, const std::uint8_t* weights,
             std::size_t count, std::int16_t* products) {
  const std::int16_t* row = table.row(activation);
  for (std::size_t i = 0; i < count; ++i) products[i] = row[weights[i]];
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace neartile::array
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace neartile::array {

HWY_EXPORT(build_rows);
HWY_EXPORT(look_up);
HWY_EXPORT(pack_row);

ProductTable::ProductTable(std::shared_ptr<const pe::TruthTable> table)
    : table_(std::move(table)),
      bytes_(2 * pe::TruthTable::size),
      columns_(pe::TruthTable::size),
      factors_(rank_one_factors(*table_)) {
  for (std::size_t a = 0; a < 256; ++a)
    for (std::size_t w = 0; w < 256; ++w) {
      const std::int16_t product = row(static_cast<std::uint8_t>(a))[w];
      bytes_[a * 512 + w] = static_cast<std::uint8_t>(product);
      bytes_[a * 512 + 256 + w] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(product) >> 8);
      columns_[w * 256 + a] = product;
    }
}

namespace {

// The column of the weight at each place: a lookup of 64 bytes leaves bytes 0..7 of each 16 in the first
// group, 8..15 in the second.
alignas(64) constexpr std::array<std::uint8_t, panel_columns> column_of_place = [] {
  std::array<std::uint8_t, panel_columns> columns{};
  for (std::size_t c = 0; c < panel_columns; ++c) {
    const std::size_t lane = lane_of(c % group_columns);
    columns[lane / 8 * 16 + c / group_columns * 8 + lane % 8] = static_cast<std::uint8_t>(c);
  }
  return columns;
}();

}  // namespace

PanelWeights pack_weights(MatrixView<const std::int8_t> block) {
  PanelWeights packed;
  if (block.columns == 0) return packed;
  for (std::size_t i = 0; i < block.rows; ++i)
    HWY_DYNAMIC_DISPATCH(pack_row)(block.row(i), block.columns, column_of_place.data(), packed.patterns[i]);
  return packed;
}

void build_product_rows(const ProductTable& table, const PatternSets& patterns, const PanelWeights& weights,
                        std::int16_t* rows) {
  HWY_DYNAMIC_DISPATCH(build_rows)(table, patterns, weights, rows);
}

void build_weight_factors(const RankOneFactors& of, const PanelWeights& weights, std::int16_t* factors) {
  for (std::size_t i = 0; i < strip_rows; ++i)
    for (std::size_t place = 0; place < panel_columns; ++place) {
      const std::size_t lane = place / 16 * 8 + place % 8, group = place % 16 / 8;
      factors[i * panel_columns + group * group_columns + lane] = of.weight[weights.patterns[i][place]];
    }
}

void look_up_products(const ProductTable& table, std::uint8_t activation, const std::uint8_t* weights,
                      std::size_t count, std::int16_t* products) {
  HWY_DYNAMIC_DISPATCH(look_up)(table, activation, weights, count, products);
}

}  // namespace neartile::array
#endif
