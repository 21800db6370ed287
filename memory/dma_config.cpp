#include "neartile/memory/dma_config.h"

namespace neartile::memory {

void describe(ConfigVisitor& visitor, DmaConfig& config) {
  visitor.number({"engines", "DMA engines that work at once", 1, 64}, config.engines);
  visitor.number({"burst_bytes", "longest transaction in bytes", 4, 1 << 20}, config.burst_bytes);
  visitor.number({"outstanding_bursts", "bursts in flight for each engine", 1, 4096},
                 config.outstanding_bursts);
}

}  // namespace neartile::memory
