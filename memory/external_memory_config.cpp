#include "neartile/memory/external_memory_config.h"

namespace neartile::memory {

void describe(ConfigVisitor& visitor, ExternalMemoryConfig& config) {
  visitor.choice({"kind", "a latency and a bandwidth (the next three keys), or HBM2 (the keys below hbm2)"},
                 {"simple", "hbm2"}, config.kind);
  visitor.number({"size_MiB", "capacity in MiB", 1, 1 << 20}, config.size_MiB);
  visitor.number({"bandwidth_GBps", "bandwidth in 10^9 bytes a second", 1e-3, 1e6}, config.bandwidth_GBps);
  visitor.number({"latency_ns", "time from request to first data in ns", 0, 1e6}, config.latency_ns);
  visitor.object({"hbm2", ""}, [&](ConfigVisitor& v) { describe(v, config.hbm2); });
}

void check(const ExternalMemoryConfig& config, const std::string& place) {
  if (config.kind == MemoryKind::hbm2) check(config.hbm2, place + "/hbm2");
}

std::uint64_t size_bytes(const ExternalMemoryConfig& config) {
  return config.kind == MemoryKind::hbm2 ? size_bytes(config.hbm2) : config.size_MiB << 20;
}

double peak_GBps(const ExternalMemoryConfig& config) {
  return config.kind == MemoryKind::hbm2 ? peak_GBps(config.hbm2) : config.bandwidth_GBps;
}

}  // namespace neartile::memory
