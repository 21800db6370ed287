#pragma once

#include <cstdint>
#include <string>

#include "neartile/pe/base/config.h"
#include "neartile/pe/format.h"

namespace neartile::pe {

/// What an accumulator does with a sum that does not fit.
enum class Overflow : std::uint8_t { wrap, saturate };

/// A PE type as plain data.
struct PeConfig {
  Format format = Format::u8s8;
  std::string multiplier = "exact";
  std::uint64_t accumulator_bits = 32;  ///< 16 to 32
  Overflow overflow = Overflow::wrap;
  std::uint64_t weight_registers = 2;  ///< 1 or 2
  bool clock_gating = true;            ///< data registers that hold get no clock edge
};

void describe(ConfigVisitor& visitor, PeConfig& config);

/// The PE type's name: its multiplier, then what differs from the defaults ("truncated(6)",
/// "exact:s8s8:acc24:saturate:1w:nogate"). Routings name PE types so.
std::string name_of(const PeConfig& config);

}  // namespace neartile::pe
