#pragma once

#include <cstdint>

#include "neartile/pe/base/config.h"

namespace neartile::memory {

/// DMA engines between external memory and the chip's buffers.
struct DmaConfig {
  std::uint64_t engines = 2;
  std::uint64_t burst_bytes = 512;        ///< longest single transaction
  std::uint64_t outstanding_bursts = 64;  ///< in flight per engine
};

void describe(ConfigVisitor& visitor, DmaConfig& config);

}  // namespace neartile::memory
