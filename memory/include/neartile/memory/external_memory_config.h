#pragma once

#include <cstdint>

#include "neartile/pe/base/config.h"

namespace neartile::memory {

/// External memory as a latency and a bandwidth.
struct ExternalMemoryConfig {
  std::uint64_t size_MiB = 32768;
  double bandwidth_GBps = 900;  ///< 10^9 bytes a second
  double latency_ns = 200;
};

void describe(ConfigVisitor& visitor, ExternalMemoryConfig& config);

}  // namespace neartile::memory
