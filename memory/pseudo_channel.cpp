#include "pseudo_channel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace neartile::memory {
namespace {

constexpr std::size_t most_idle_spans = 1024;  ///< that are remembered

}  // namespace

Hbm2Clocks::Hbm2Clocks(const Hbm2Config& config) {
  const Hbm2Timing& timing = config.timing;
  const auto clocks = [&](double ns) {
    const double exact = ns * config.clock_MHz / 1000;
    return static_cast<std::uint64_t>(std::ceil(exact - 1e-9));
  };
  data = config.burst_length / 2;
  RL = timing.RL_clocks;
  WL = timing.WL_clocks;
  // Whatever the configuration says, two bursts are never on the bus at once.
  CCDS = std::max(timing.tCCDS_clocks, data);
  CCDL = std::max(timing.tCCDL_clocks, data);
  RTW = std::max(timing.tRTW_clocks, RL + data > WL ? RL + data - WL : 1);
  RCDRD = clocks(timing.tRCDRD_ns);
  RCDWR = clocks(timing.tRCDWR_ns);
  RP = clocks(timing.tRP_ns);
  RAS = clocks(timing.tRAS_ns);
  RC = clocks(timing.tRC_ns);
  RRDS = clocks(timing.tRRDS_ns);
  RRDL = clocks(timing.tRRDL_ns);
  FAW = clocks(timing.tFAW_ns);
  RTP = clocks(timing.tRTP_ns);
  WR = clocks(timing.tWR_ns);
  WTRS = clocks(timing.tWTRS_ns);
  WTRL = clocks(timing.tWTRL_ns);
  REFI = timing.refresh ? clocks(timing.tREFI_ns) : 0;
  RFC = clocks(timing.tRFC_ns);
}

PseudoChannel::PseudoChannel(const Hbm2Config& config, const Hbm2Clocks& clocks, std::uint64_t number)
    : t_(clocks),
      number_(number),
      banks_per_group_(config.banks),
      banks_(config.bank_groups * config.banks),
      groups_(config.bank_groups),
      left_queue_(config.queue_bursts),
      refresh_due_(config.timing.refresh ? clocks.REFI : std::numeric_limits<std::uint64_t>::max()) {}

PseudoChannel::Burst PseudoChannel::serve(bool write, const Hbm2Location& location, std::uint64_t arrival,
                                          Hbm2Counts& counts) {
  if (arrival < latest_arrival_) {
    if (const auto late = serve_late(write, location, arrival, counts)) return *late;
  }
  latest_arrival_ = std::max(latest_arrival_, arrival);
  std::uint64_t& left = left_queue_[bursts_ % left_queue_.size()];
  const std::uint64_t accepted = std::max(arrival, left);
  idle_until(accepted, counts);
  Plan commands = plan(write, location, accepted);
  // A burst that would come too late for its row to be used before the refresh waits for the refresh.
  while (commands.column >= refresh_due_) {
    refresh(counts);
    commands = plan(write, location, accepted);
  }
  if (commands.activates) {
    ++(commands.precharges ? counts.row_conflicts : counts.row_misses);
    open_row(commands, location, counts);
  } else {
    ++counts.row_hits;
  }
  column_command(write, location, commands.column, counts);
  left = commands.column;
  ++bursts_;
  be_busy(accepted, commands.column + t_.CCDS);
  return {accepted, commands.column + (write ? t_.WL : t_.RL) + t_.data};
}

// An initiator that runs ahead of the simulation does not take the time that others leave it; in the order of
// the calls alone it would. Activates of late bursts overlap, as those of others do.
std::optional<PseudoChannel::Burst> PseudoChannel::serve_late(bool write, const Hbm2Location& location,
                                                              std::uint64_t arrival, Hbm2Counts& counts) {
  Bank& bank = bank_of(location);
  const bool hit = bank.late_row == location.row || (bank.open && bank.row == location.row);
  std::uint64_t clocks = hit ? t_.CCDS : std::max(t_.CCDS, t_.RRDS);
  if (write != late_write_) clocks += write ? t_.RTW : t_.WL + t_.data + t_.WTRS;
  const auto end = take_idle(arrival, clocks);
  if (!end) return std::nullopt;
  bank.late_row = location.row;
  late_write_ = write;
  ++(write ? counts.writes : counts.reads);
  ++(hit ? counts.row_hits : counts.row_conflicts);
  if (!hit) ++counts.activates, ++counts.precharges;
  const std::uint64_t row = hit ? 0 : t_.RP + (write ? t_.RCDWR : t_.RCDRD);
  return Burst{arrival, *end - t_.CCDS + row + (write ? t_.WL : t_.RL) + t_.data};
}

void PseudoChannel::be_busy(std::uint64_t from, std::uint64_t until) {
  if (from > busy_until_) idle_.push_back({busy_until_, from});
  if (idle_.size() > most_idle_spans) idle_.pop_front();
  busy_until_ = std::max(busy_until_, until);
}

/// Takes the first `clocks` idle clocks from `from` on, in one span or several, and says when they end; none:
/// there are not that many so far.
std::optional<std::uint64_t> PseudoChannel::take_idle(std::uint64_t from, std::uint64_t clocks) {
  const auto first =
      std::partition_point(idle_.begin(), idle_.end(), [&](const Idle& idle) { return idle.end <= from; });
  auto last = first;
  std::uint64_t begin = 0, missing = clocks;
  for (; last != idle_.end(); ++last) {
    begin = std::max(from, last->begin);
    if (last->end - begin >= missing) break;
    missing -= last->end - begin;
  }
  if (last == idle_.end()) return std::nullopt;
  const std::uint64_t end = begin + missing;
  const Idle before{first->begin, std::max(from, first->begin)};
  last->begin = end;
  const auto rest = idle_.erase(first, last);
  if (before.begin < before.end) idle_.insert(rest, before);
  return end;
}

PseudoChannel::Plan PseudoChannel::plan(bool write, const Hbm2Location& location,
                                        std::uint64_t accepted) const {
  const Bank& bank = bank_of(location);
  const Group& group = groups_[location.bank_group];
  Plan commands{};
  commands.activates = !bank.open || bank.row != location.row;
  commands.precharges = bank.open && commands.activates;
  std::uint64_t row_ready = write ? bank.write : bank.read;
  if (commands.activates) {
    commands.activate = std::max({accepted, bank.activate, group.activate, all_.activate,
                                  after_four_activates_[activates_ % after_four_activates_.size()]});
    if (commands.precharges) {
      commands.precharge = std::max(accepted, bank.precharge);
      commands.activate = std::max(commands.activate, commands.precharge + t_.RP);
    }
    row_ready = commands.activate + (write ? t_.RCDWR : t_.RCDRD);
  }
  commands.column = write ? std::max({accepted, row_ready, group.write, all_.write})
                          : std::max({accepted, row_ready, group.read, all_.read});
  return commands;
}

void PseudoChannel::open_row(const Plan& plan, const Hbm2Location& location, Hbm2Counts& counts) {
  Bank& bank = bank_of(location);
  if (plan.precharges) {
    ++counts.precharges;
    tell(Hbm2Command::precharge, location, plan.precharge);
  }
  const std::uint64_t clock = plan.activate;
  bank.open = true;
  bank.row = location.row;
  bank.activate = clock + t_.RC;
  bank.precharge = clock + t_.RAS;
  bank.read = clock + t_.RCDRD;
  bank.write = clock + t_.RCDWR;
  groups_[location.bank_group].activate = clock + t_.RRDL;
  all_.activate = clock + t_.RRDS;
  after_four_activates_[activates_++ % after_four_activates_.size()] = clock + t_.FAW;
  ++counts.activates;
  tell(Hbm2Command::activate, location, clock);
}

void PseudoChannel::column_command(bool write, const Hbm2Location& location, std::uint64_t clock,
                                   Hbm2Counts& counts) {
  Bank& bank = bank_of(location);
  Group& group = groups_[location.bank_group];
  const auto not_before = [](std::uint64_t& first, std::uint64_t at) { first = std::max(first, at); };
  if (write) {
    const std::uint64_t data_end = clock + t_.WL + t_.data;
    not_before(all_.write, clock + t_.CCDS);
    not_before(group.write, clock + t_.CCDL);
    not_before(all_.read, data_end + t_.WTRS);
    not_before(group.read, data_end + t_.WTRL);
    not_before(bank.precharge, data_end + t_.WR);
    ++counts.writes;
  } else {
    not_before(all_.read, clock + t_.CCDS);
    not_before(group.read, clock + t_.CCDL);
    not_before(all_.write, clock + t_.RTW);
    not_before(bank.precharge, clock + t_.RTP);
    ++counts.reads;
  }
  tell(write ? Hbm2Command::write : Hbm2Command::read, location, clock);
}

/// All banks at once: their rows are closed as soon as each allows it after the refresh is due.
void PseudoChannel::refresh(Hbm2Counts& counts) {
  std::uint64_t close = refresh_due_;
  bool any_open = false;
  for (const Bank& bank : banks_) {
    if (bank.open) close = std::max(close, bank.precharge);
    any_open = any_open || bank.open;
  }
  const std::uint64_t clock = any_open ? close + t_.RP : close;
  for (std::size_t i = 0; i < banks_.size(); ++i) {
    Bank& bank = banks_[i];
    if (bank.open) {
      ++counts.precharges;
      tell(Hbm2Command::precharge, {0, 0, i / banks_per_group_, i % banks_per_group_, bank.row, 0}, close);
    }
    bank.open = false;
    bank.activate = std::max(bank.activate, clock + t_.RFC);
  }
  be_busy(close, clock + t_.RFC);
  ++counts.refreshes;
  tell(Hbm2Command::refresh, {}, clock);
  refresh_due_ += t_.REFI;
}

void PseudoChannel::idle_until(std::uint64_t clock, Hbm2Counts& counts) {
  while (clock >= refresh_due_) {
    refresh(counts);
    skip_idle_refreshes(clock, counts);
  }
}

/// Banks stay closed: of many refreshes only the last one matters to what follows.
void PseudoChannel::skip_idle_refreshes(std::uint64_t clock, Hbm2Counts& counts) {
  if (clock < refresh_due_) return;
  const std::uint64_t skipped = (clock - refresh_due_) / t_.REFI;
  counts.refreshes += skipped;
  refresh_due_ += skipped * t_.REFI;
}

}  // namespace neartile::memory
