#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "neartile/pe/multiplier.h"

namespace neartile::array {

/// 2^shift (activation[a] + offset) weight[w]: a term that an exact GEMM of u8 x s8 can add up.
struct ByteTerm {
  std::array<std::uint8_t, 256> activation{};
  std::array<std::int8_t, 256> weight{};
  std::int32_t offset = 0;
  unsigned shift = 0;
};

/// More terms than these are slower than tables of products.
inline constexpr std::size_t most_byte_terms = 9;

/// Terms that add up to the table [activation << 8 | weight], checked on every entry; nothing where no
/// `most_byte_terms` do.
std::optional<std::vector<ByteTerm>> byte_terms(std::span<const std::int32_t> table);

/// The terms of a multiplier's table, found once for each truth-table hash; null where it has none.
std::shared_ptr<const std::vector<ByteTerm>> byte_terms_of(const pe::Multiplier& multiplier);

}  // namespace neartile::array
