#pragma once

#include <cstdint>

#include "neartile/memory/external_memory_config.h"

namespace neartile::memory {

/// Serves requests in order of arrival: each occupies the memory for bytes / bandwidth and is
/// complete a latency later. Times in picoseconds from the start.
class BandwidthModel {
 public:
  explicit BandwidthModel(const ExternalMemoryConfig& config);

  /// Time at which a request of `bytes` that arrives at `arrival_ps` is complete.
  std::uint64_t complete(std::uint64_t arrival_ps, std::uint64_t bytes);
  void reset() { free_ps_ = 0; }

 private:
  double ps_per_byte_;
  std::uint64_t latency_ps_;
  double free_ps_ = 0;
};

}  // namespace neartile::memory
