#include "hbm2_controller.h"

#include <algorithm>

namespace neartile::memory {

Hbm2Controller::Hbm2Controller(const Hbm2Config& config, const Hbm2Clocks& clocks, std::uint64_t number)
    : channel_(config, clocks, number),
      turn_clocks_(clocks.RTW + clocks.WL + clocks.data + clocks.WTRL),
      batch_(config.write_batch),
      written_(2 * config.write_batch) {}

PseudoChannel::Burst Hbm2Controller::serve(bool write, const Hbm2Location& location, std::uint64_t arrival,
                                           Hbm2Counts& counts) {
  write_while_idle(arrival, counts);
  if (!write) return channel_.serve(false, location, arrival, counts);
  const std::uint64_t accepted = std::max(arrival, written_[(writes_ + waiting_.size()) % written_.size()]);
  waiting_.push_back(location);
  newest_ = accepted;
  if (waiting_.size() == batch_) write_batch(accepted, counts);
  return {accepted, accepted};
}

/// Writes do not wait for a full batch where nobody reads.
void Hbm2Controller::write_while_idle(std::uint64_t now, Hbm2Counts& counts) {
  const std::uint64_t idle_from = std::max(channel_.busy_until(), newest_) + turn_clocks_;
  if (!waiting_.empty() && idle_from <= now) write_batch(idle_from, counts);
}

void Hbm2Controller::write_batch(std::uint64_t from, Hbm2Counts& counts) {
  // Writes of one row together; those of different banks stay in turn.
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [](const auto& a, const auto& b) { return a.row < b.row; });
  for (const Hbm2Location& location : waiting_)
    written_[writes_++ % written_.size()] = channel_.serve(true, location, from, counts).data_end;
  waiting_.clear();
}

void Hbm2Controller::idle_until(std::uint64_t clock, Hbm2Counts& counts) {
  write_while_idle(clock, counts);
  channel_.idle_until(clock, counts);
}

}  // namespace neartile::memory
