#pragma once

#include <cstdint>
#include <string>

#include "neartile/memory/hbm2_config.h"
#include "neartile/pe/base/config.h"

namespace neartile::memory {

enum class MemoryKind : std::uint8_t { simple, hbm2 };

/// The memory behind a chip when nobody else provides one: a latency and a bandwidth (simple), or HBM2.
struct ExternalMemoryConfig {
  MemoryKind kind = MemoryKind::simple;
  std::uint64_t size_MiB = 32768;
  double bandwidth_GBps = 900;  ///< 10^9 bytes a second
  double latency_ns = 200;
  Hbm2Config hbm2;
};

void describe(ConfigVisitor& visitor, ExternalMemoryConfig& config);

/// Checks the memory that `kind` chooses. Throws InputError at `place`.
void check(const ExternalMemoryConfig& config, const std::string& place);

/// Of the memory that `kind` chooses.
std::uint64_t size_bytes(const ExternalMemoryConfig& config);
double peak_GBps(const ExternalMemoryConfig& config);

}  // namespace neartile::memory
