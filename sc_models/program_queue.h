#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/router/program_error.h"

namespace neartile::sc_models {

/// Brings programs from external memory: fetches their bytes, checks and decodes them. Bytes that equal those
/// of the program at hand are fetched all the same, but not decoded again.
class ProgramQueue {
 public:
  explicit ProgramQueue(const router::ChipConfig& config) : config_(config) {}

  /// Reads external memory and waits until the bytes are there; false where it refused.
  using Fetch = std::function<bool(std::uint64_t address, std::span<std::uint8_t> bytes)>;
  Fetch fetch;

  /// What the queue registers say.
  struct Entry {
    std::uint64_t address = 0;
    std::uint64_t size_bytes = 0;
    std::uint64_t data_base = 0;
  };
  /// Waits until the entry is fetched; after an error the program at hand stays. Called by a thread.
  router::ProgramError take(const Entry& entry);

  const router::Program& program() const { return program_; }
  /// The last take() brought another program than the one before.
  bool is_new() const { return is_new_; }

 private:
  router::ProgramErrorCode fetch_bytes(const Entry& entry);

  router::ChipConfig config_;
  router::Program program_;
  std::vector<std::uint8_t> program_bytes_, bytes_;
  std::uint64_t data_base_ = 0;
  bool is_new_ = false;
};

}  // namespace neartile::sc_models
