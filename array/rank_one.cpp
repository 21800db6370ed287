#include "rank_one.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace neartile::array {
namespace {

struct Pivot {
  std::uint8_t activation = 0, weight = 0;
  int zeros = 16;  ///< its product is a multiple of 2^zeros
};

// A product with the fewest trailing zeros: if the table has factors, theirs have the
// fewest there. (An exception with fewer still hides them, which costs speed and nothing else.)
Pivot find_pivot(const pe::TruthTable& table) {
  Pivot pivot;
  for (std::size_t i = 0; i < pe::TruthTable::size && pivot.zeros > 0; ++i) {
    const auto a = static_cast<std::uint8_t>(i >> 8), w = static_cast<std::uint8_t>(i);
    const int zeros = std::countr_zero(static_cast<std::uint16_t>(table.product(a, w)));
    if (zeros < pivot.zeros) pivot = {a, w, zeros};
  }
  return pivot;
}

// Of an odd number, modulo 2^16; Newton's iteration doubles the right bits.
std::uint32_t inverse(std::uint32_t odd) {
  std::uint32_t result = odd;  // right in three bits
  for (int i = 0; i < 3; ++i) result *= 2 - odd * result;
  return result & 0xffff;
}

}  // namespace

bool RankOneFactors::hold_for(MatrixView<const std::int8_t> weights) const {
  return std::none_of(exceptions.begin(), exceptions.end(), [&](std::uint8_t pattern) {
    for (std::size_t r = 0; r < weights.rows; ++r)
      if (std::memchr(weights.row(r), pattern, weights.columns) != nullptr) return true;
    return false;
  });
}

std::optional<RankOneFactors> rank_one_factors(const pe::TruthTable& table) {
  RankOneFactors factors;
  const Pivot pivot = find_pivot(table);
  if (pivot.zeros == 16) return factors;  // all products are 0
  const auto unsigned_product = [&](std::size_t a, std::size_t w) {
    return std::uint32_t{static_cast<std::uint16_t>(
        table.product(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(w)))};
  };
  const std::uint32_t scale =
      inverse(unsigned_product(pivot.activation, pivot.weight) >> static_cast<unsigned>(pivot.zeros));
  for (std::size_t i = 0; i < 256; ++i) {
    const std::uint32_t odd_part = unsigned_product(i, pivot.weight) >> static_cast<unsigned>(pivot.zeros);
    factors.activation[i] = static_cast<std::int16_t>(odd_part * scale);
    factors.weight[i] = static_cast<std::int16_t>(unsigned_product(pivot.activation, i));
  }
  for (std::size_t w = 0; w < 256 && factors.exceptions.size() <= most_exceptions; ++w)
    for (std::size_t a = 0; a < 256; ++a) {
      const auto product = static_cast<std::uint16_t>(factors.activation[a] * factors.weight[w]);
      if (product == unsigned_product(a, w)) continue;
      if (w == 0) return std::nullopt;  // what all unused columns hold
      factors.exceptions.push_back(static_cast<std::uint8_t>(w));
      break;
    }
  if (factors.exceptions.size() > most_exceptions) return std::nullopt;
  return factors;
}

}  // namespace neartile::array
