#include "neartile/pe/pe_type.h"

#include <algorithm>

namespace neartile::pe {

PeType::PeType(const PeConfig& pe_config)
    : config(pe_config), multiplier(make_multiplier(pe_config.multiplier, pe_config.format)) {}

std::int32_t accumulate(std::int64_t sum, std::uint64_t bits, Overflow overflow) {
  if (overflow == Overflow::saturate) {
    const std::int64_t limit = std::int64_t{1} << (bits - 1);
    return static_cast<std::int32_t>(std::clamp(sum, -limit, limit - 1));
  }
  const auto unused = static_cast<unsigned>(64 - bits);
  return static_cast<std::int32_t>(static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) << unused) >>
                                   unused);
}

}  // namespace neartile::pe
