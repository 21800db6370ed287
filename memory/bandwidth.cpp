#include "neartile/memory/bandwidth.h"

#include <algorithm>
#include <cmath>

namespace neartile::memory {

BandwidthModel::BandwidthModel(const ExternalMemoryConfig& config)
    : ps_per_byte_(1000.0 / config.bandwidth_GBps),
      latency_ps_(static_cast<std::uint64_t>(std::llround(config.latency_ns * 1000))) {}

std::uint64_t BandwidthModel::complete(std::uint64_t arrival_ps, std::uint64_t bytes) {
  free_ps_ = std::max(free_ps_, static_cast<double>(arrival_ps)) + static_cast<double>(bytes) * ps_per_byte_;
  return static_cast<std::uint64_t>(std::ceil(free_ps_)) + latency_ps_;
}

}  // namespace neartile::memory
