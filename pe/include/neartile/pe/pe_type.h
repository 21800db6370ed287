#pragma once

#include <cstdint>

#include "neartile/pe/multiplier.h"
#include "neartile/pe/pe_config.h"

namespace neartile::pe {

/// A PE type ready to compute: configuration and multiplier.
struct PeType {
  /// Throws InputError where the configuration names no multiplier.
  explicit PeType(const PeConfig& config);

  PeConfig config;
  Multiplier multiplier;
};

/// `sum` brought into the accumulator's format: `bits` wide two's complement, wrapped or saturated.
std::int32_t accumulate(std::int64_t sum, std::uint64_t bits, Overflow overflow);

}  // namespace neartile::pe
