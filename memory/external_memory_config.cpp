#include "neartile/memory/external_memory_config.h"

namespace neartile::memory {

void describe(ConfigVisitor& visitor, ExternalMemoryConfig& config) {
  visitor.number({"size_MiB", "capacity in MiB", 1, 1 << 20}, config.size_MiB);
  visitor.number({"bandwidth_GBps", "bandwidth in 10^9 bytes a second", 1e-3, 1e6}, config.bandwidth_GBps);
  visitor.number({"latency_ns", "time from request to first data in ns", 0, 1e6}, config.latency_ns);
}

}  // namespace neartile::memory
