#pragma once

#include <cstdint>
#include <vector>

#include "pseudo_channel.h"

namespace neartile::memory {

/// The controller of one pseudo channel. Reads go to it in order. Writes are posted: they are done when the
/// controller has them, and reach the memory in batches, so that the bus seldom turns round.
class Hbm2Controller {
 public:
  Hbm2Controller(const Hbm2Config& config, const Hbm2Clocks& clocks, std::uint64_t number);

  PseudoChannel::Burst serve(bool write, const Hbm2Location& location, std::uint64_t arrival,
                             Hbm2Counts& counts);
  void idle_until(std::uint64_t clock, Hbm2Counts& counts);
  void observe(std::function<void(const Hbm2Command&)> observer) { channel_.observer = std::move(observer); }

 private:
  void write_while_idle(std::uint64_t now, Hbm2Counts& counts);
  void write_batch(std::uint64_t from, Hbm2Counts& counts);

  PseudoChannel channel_;
  std::uint64_t turn_clocks_;  ///< that turning the bus to write and back takes
  std::size_t batch_;
  std::vector<Hbm2Location> waiting_;
  std::uint64_t newest_ = 0;            ///< arrival of the last write that waits
  std::vector<std::uint64_t> written_;  ///< when the last two batches' writes reached the memory, a ring
  std::uint64_t writes_ = 0;
};

}  // namespace neartile::memory
