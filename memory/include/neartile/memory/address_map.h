#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neartile/memory/hbm2_config.h"

namespace neartile::memory {

/// Where in the memory a burst is.
struct Hbm2Location {
  std::uint64_t channel = 0, pseudo_channel = 0, bank_group = 0, bank = 0, row = 0, column = 0;
};

/// The address mapping of a configuration, ready for use.
class AddressMap {
 public:
  /// Throws InputError at `place` where the mapping does not use each bit of each field once.
  AddressMap(const Hbm2Config& config, const std::string& place);

  /// The burst that holds the byte at `address`.
  Hbm2Location operator()(std::uint64_t address) const;

 private:
  struct Slice {
    std::uint64_t Hbm2Location::*field;
    unsigned bits;
    unsigned shift;  ///< of these bits within the field
  };
  unsigned burst_bits_;
  unsigned hashed_bits_;       ///< of the bank
  std::vector<Slice> slices_;  ///< lowest address bits first
};

}  // namespace neartile::memory
