#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "neartile/array/matrix.h"
#include "neartile/pe/truth_table.h"

namespace neartile::array {

/// A table whose products are activation[a] weight[w] modulo 2^16, but for few weight patterns.
struct RankOneFactors {
  std::array<std::int16_t, 256> activation{};
  std::array<std::int16_t, 256> weight{};
  std::vector<std::uint8_t> exceptions;  ///< weight patterns of which that is not so

  /// True where none of the weights is an exception.
  bool hold_for(MatrixView<const std::int8_t> weights) const;
};

/// Weight patterns that may be exceptions: -128, whose products saturate in some multipliers, and one more.
inline constexpr std::size_t most_exceptions = 2;

/// The factors of a table, checked on every entry; nothing where it has none.
std::optional<RankOneFactors> rank_one_factors(const pe::TruthTable& table);

}  // namespace neartile::array
