#pragma once

#include <cstdint>

#include "neartile/pe/base/config.h"

namespace neartile::memory {

/// How DMA reaches external memory: one blocking call a burst, or the four phases of TLM's base protocol.
enum class DmaTransport : std::uint8_t { lt, at };

/// DMA engines between external memory and the chip's buffers.
struct DmaConfig {
  std::uint64_t engines = 2;
  std::uint64_t burst_bytes = 512;        ///< longest single transaction
  std::uint64_t outstanding_bursts = 64;  ///< in flight per engine
  std::uint64_t boundary_bytes = 0;       ///< no burst crosses a multiple of this; 0: bursts may
  DmaTransport transport = DmaTransport::lt;
  bool dmi = false;  ///< with lt: use pointers where memory grants them, and the latencies that it grants
};

void describe(ConfigVisitor& visitor, DmaConfig& config);

}  // namespace neartile::memory
