#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "neartile/memory/address_map.h"
#include "neartile/memory/hbm2.h"
#include "neartile/memory/hbm2_config.h"

namespace neartile::memory {

/// Hbm2Timing in clocks.
struct Hbm2Clocks {
  explicit Hbm2Clocks(const Hbm2Config& config);
  std::uint64_t RL, WL, CCDS, CCDL, RTW, RCDRD, RCDWR, RP, RAS, RC, RRDS, RRDL, FAW, RTP, WR, WTRS, WTRL,
      REFI, RFC;
  std::uint64_t data;  ///< that a burst is on the bus
};

/// One pseudo channel: its banks, its data bus, its queue. A command goes out at the first clock that all
/// commands before it allow, where "before" is the order of the bursts and not of time: so an access takes a
/// few maxima, and no burst waits for a later one.
class PseudoChannel {
 public:
  PseudoChannel(const Hbm2Config& config, const Hbm2Clocks& clocks, std::uint64_t number);

  struct Burst {
    std::uint64_t accepted, data_end;  ///< in clocks
  };
  /// A burst that arrives before one that was served already finds its place in time that was idle then, if
  /// there is any; what is open in the banks does not change by it.
  Burst serve(bool write, const Hbm2Location& location, std::uint64_t arrival, Hbm2Counts& counts);
  void idle_until(std::uint64_t clock, Hbm2Counts& counts);
  /// When the queue will have been empty.
  std::uint64_t busy_until() const { return busy_until_; }

  std::function<void(const Hbm2Command&)> observer;

 private:
  /// First clocks at which a command may come; row: the open one.
  struct Bank {
    bool open = false;
    std::uint64_t row = 0, activate = 0, precharge = 0, read = 0, write = 0;
    std::uint64_t late_row = ~std::uint64_t{0};  ///< of the last late burst
  };
  struct Group {
    std::uint64_t activate = 0, read = 0, write = 0;
  };
  /// The commands that a burst needs.
  struct Plan {
    bool precharges, activates;
    std::uint64_t precharge, activate, column;
  };

  /// Clocks in which the queue was empty.
  struct Idle {
    std::uint64_t begin, end;
  };

  std::optional<Burst> serve_late(bool write, const Hbm2Location& location, std::uint64_t arrival,
                                  Hbm2Counts& counts);
  void be_busy(std::uint64_t from, std::uint64_t until);
  std::optional<std::uint64_t> take_idle(std::uint64_t from, std::uint64_t clocks);
  Plan plan(bool write, const Hbm2Location& location, std::uint64_t accepted) const;
  void open_row(const Plan& plan, const Hbm2Location& location, Hbm2Counts& counts);
  void column_command(bool write, const Hbm2Location& location, std::uint64_t clock, Hbm2Counts& counts);
  void refresh(Hbm2Counts& counts);
  void skip_idle_refreshes(std::uint64_t clock, Hbm2Counts& counts);
  Bank& bank_of(const Hbm2Location& location) {
    return banks_[location.bank_group * banks_per_group_ + location.bank];
  }
  const Bank& bank_of(const Hbm2Location& location) const {
    return banks_[location.bank_group * banks_per_group_ + location.bank];
  }
  void tell(Hbm2Command::Kind kind, const Hbm2Location& location, std::uint64_t clock) const {
    if (observer) observer({kind, number_, location.bank_group, location.bank, location.row, clock});
  }

  const Hbm2Clocks& t_;
  std::uint64_t number_, banks_per_group_;
  std::vector<Bank> banks_;
  std::vector<Group> groups_;
  Group all_;  ///< of any bank group
  std::array<std::uint64_t, 4> after_four_activates_{};
  std::uint64_t activates_ = 0;
  std::vector<std::uint64_t> left_queue_;  ///< clocks of the last column commands, a ring
  std::uint64_t bursts_ = 0;
  std::uint64_t refresh_due_;
  std::deque<Idle> idle_;  ///< before busy_until_
  std::uint64_t busy_until_ = 0, latest_arrival_ = 0;
  bool late_write_ = false;  ///< direction of the last late burst
};

}  // namespace neartile::memory
