#pragma once

#include <cstdint>
#include <vector>

#include "neartile/memory/buffer_config.h"

namespace neartile::memory {

/// Words that somebody reads or writes at a steady pace: `runs` runs of `run_bytes` bytes, `stride_bytes`
/// from one to the next. Word i of n is wanted in cycle start_cycle + floor(i x cycles / n).
struct SramStream {
  bool write = false;
  std::uint64_t address = 0;
  std::uint64_t run_bytes = 0, runs = 1, stride_bytes = 0;
  std::uint64_t start_cycle = 0, cycles = 1;
};

/// What a buffer did; energy follows from it.
struct SramCounts {
  std::uint64_t reads = 0, writes = 0;              ///< words
  std::uint64_t read_bytes = 0, written_bytes = 0;  ///< of them, those that were wanted
  std::uint64_t conflicts = 0;                      ///< words that came later than they were wanted

  SramCounts& operator+=(const SramCounts& other) {
    reads += other.reads;
    writes += other.writes;
    read_bytes += other.read_bytes;
    written_bytes += other.written_bytes;
    conflicts += other.conflicts;
    return *this;
  }
};

/// The banks of an on-chip buffer. A word takes the first cycle, from when it is wanted and from its stream's
/// word before on, in which its bank has a free port. Streams that come first are served first, whenever they
/// start. A word's bank is the xor of the digits of its number to the base of the number of banks, so that
/// powers of two as strides do not meet in one bank.
class SramModel {
 public:
  /// `config` must have passed check().
  explicit SramModel(const BufferConfig& config) : config_(config) {}

  /// Serves a stream; returns by how many cycles the latest of its words is late.
  std::uint64_t serve(const SramStream& stream);
  /// No stream will start before `cycle` any more: what was before is forgotten.
  void forget_before(std::uint64_t cycle);
  const SramCounts& counts() const { return counts_; }

 private:
  std::uint64_t bank_of(std::uint64_t word) const;
  std::uint64_t take_port(std::uint64_t word, std::uint64_t from);

  BufferConfig config_;
  SramCounts counts_;
  std::uint64_t first_cycle_ = 0;   ///< of used_
  std::vector<std::uint8_t> used_;  ///< ports in use: [cycle][bank]
};

}  // namespace neartile::memory
