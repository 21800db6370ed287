#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "neartile/memory/hbm2_config.h"

namespace neartile::memory {

/// What one channel did; energy follows from it.
struct Hbm2Counts {
  std::uint64_t activates = 0, precharges = 0, refreshes = 0;  ///< refreshes of all banks of a pseudo channel
  std::uint64_t reads = 0, writes = 0;                         ///< bursts
  std::uint64_t row_hits = 0, row_misses = 0, row_conflicts = 0;  ///< of bursts: row open, none, another one
  std::uint64_t read_bytes = 0, written_bytes = 0;                ///< that were asked for
};

/// A command to a pseudo channel. A precharge of all banks before a refresh is one command for each open
/// bank.
struct Hbm2Command {
  enum Kind { activate, precharge, read, write, refresh } kind;
  std::uint64_t pseudo_channel;  ///< counted through all channels
  std::uint64_t bank_group, bank, row;
  std::uint64_t clock;
};

/// When a request came into the controllers' queues, and when its last burst was done.
struct Hbm2Times {
  std::uint64_t accepted_ps, complete_ps;
};

/// HBM2 and its controllers. Reads of a pseudo channel keep the order in which they come; activates and
/// precharges of bursts that wait in the queue go ahead of them as early as the timing allows. Writes are
/// posted, and reach the memory in batches. Rows stay open.
class Hbm2Model {
 public:
  /// `config` must have passed check().
  explicit Hbm2Model(const Hbm2Config& config);
  ~Hbm2Model();

  /// A request of at least one byte, within the memory, that arrives at `arrival_ps`. A read is complete when
  /// the last of its data have been on the bus, a write when the controllers have it; both plus the path. A
  /// request that comes after others but arrives before them (its sender runs behind) takes time that was
  /// idle then.
  Hbm2Times access(bool write, std::uint64_t address, std::uint64_t bytes, std::uint64_t arrival_ps);
  /// Refreshes that are due before `time_ps` happen, and writes that wait, so that counts of an idle memory
  /// are right.
  void idle_until(std::uint64_t time_ps);

  const std::vector<Hbm2Counts>& counts() const;  ///< by channel
  /// Calls `observer` with every command but those of late requests and of refreshes while all is idle; those
  /// of one pseudo channel do not come in the order of time.
  void observe(std::function<void(const Hbm2Command&)> observer);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace neartile::memory
