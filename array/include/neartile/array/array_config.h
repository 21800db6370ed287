#pragma once

#include <cstdint>

#include "neartile/pe/pe_config.h"

namespace neartile::array {

/// One systolic array as plain data: R rows (the K direction) by C columns (the N direction).
struct ArrayConfig {
  std::uint64_t rows = 128;
  std::uint64_t columns = 128;
  pe::PeConfig pe;
};

void describe(ConfigVisitor& visitor, ArrayConfig& config);

}  // namespace neartile::array
