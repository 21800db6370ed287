#include "neartile/memory/dma_config.h"

namespace neartile::memory {

void describe(ConfigVisitor& visitor, DmaConfig& config) {
  visitor.number({"engines", "DMA engines that work at once", 1, 64}, config.engines);
  visitor.number({"burst_bytes", "longest transaction in bytes", 4, 1 << 20}, config.burst_bytes);
  visitor.number({"outstanding_bursts", "bursts in flight for each engine", 1, 4096},
                 config.outstanding_bursts);
  visitor.number(
      {"boundary_bytes", "no burst crosses a multiple of this many bytes; 0: bursts may", 0, 1 << 30},
      config.boundary_bytes);
  visitor.choice(
      {"transport", "memory socket: loosely timed (one call a burst) or approximately timed (four phases)"},
      {"lt", "at"}, config.transport);
  visitor.flag(
      {"dmi", "with lt: direct memory pointers where memory grants them; times are the latencies granted"},
      config.dmi);
}

}  // namespace neartile::memory
