#pragma once

#include <cstdint>
#include <string>

#include "neartile/pe/base/config.h"

namespace neartile::memory {

/// How an on-chip buffer is built: banks of words that lie side by side, each with ports.
struct BufferConfig {
  std::uint64_t banks = 64;
  std::uint64_t ports = 4;         ///< words that a bank reads or writes in a cycle
  std::uint64_t word_bytes = 128;  ///< neighbouring words are in different banks
};

void describe(ConfigVisitor& visitor, BufferConfig& config);

/// Banks and word size must be powers of two. Throws InputError at `place`.
void check(const BufferConfig& config, const std::string& place);

}  // namespace neartile::memory
