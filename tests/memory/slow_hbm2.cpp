#include "slow_hbm2.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace neartile::memory::slow {
namespace {

using Kind = Hbm2Command::Kind;

bool concerns(const Rule& rule, const Hbm2Command& first, const Hbm2Command& second) {
  if (rule.first != first.kind || rule.second != second.kind) return false;
  if (rule.scope == Rule::any) return true;
  return first.bank_group == second.bank_group && (rule.scope == Rule::group || first.bank == second.bank);
}

}  // namespace

std::uint64_t clocks_of(const Hbm2Config& config, double ns) {
  return static_cast<std::uint64_t>(std::ceil(ns * config.clock_MHz / 1000 - 1e-9));
}

std::vector<Rule> rules_of(const Hbm2Config& config) {
  const Hbm2Timing& t = config.timing;
  const auto ns = [&](double value) { return clocks_of(config, value); };
  const std::uint64_t write_data = t.WL_clocks + config.burst_length / 2;
  return {{Kind::activate, Kind::activate, Rule::bank, ns(t.tRC_ns)},
          {Kind::activate, Kind::activate, Rule::group, ns(t.tRRDL_ns)},
          {Kind::activate, Kind::activate, Rule::any, ns(t.tRRDS_ns)},
          {Kind::activate, Kind::read, Rule::bank, ns(t.tRCDRD_ns)},
          {Kind::activate, Kind::write, Rule::bank, ns(t.tRCDWR_ns)},
          {Kind::activate, Kind::precharge, Rule::bank, ns(t.tRAS_ns)},
          {Kind::precharge, Kind::activate, Rule::bank, ns(t.tRP_ns)},
          {Kind::precharge, Kind::refresh, Rule::any, ns(t.tRP_ns)},
          {Kind::refresh, Kind::activate, Rule::any, ns(t.tRFC_ns)},
          {Kind::read, Kind::read, Rule::any, t.tCCDS_clocks},
          {Kind::read, Kind::read, Rule::group, t.tCCDL_clocks},
          {Kind::write, Kind::write, Rule::any, t.tCCDS_clocks},
          {Kind::write, Kind::write, Rule::group, t.tCCDL_clocks},
          {Kind::read, Kind::write, Rule::any, t.tRTW_clocks},
          {Kind::write, Kind::read, Rule::any, write_data + ns(t.tWTRS_ns)},
          {Kind::write, Kind::read, Rule::group, write_data + ns(t.tWTRL_ns)},
          {Kind::read, Kind::precharge, Rule::bank, ns(t.tRTP_ns)},
          {Kind::write, Kind::precharge, Rule::bank, write_data + ns(t.tWR_ns)}};
}

std::uint64_t PseudoChannel::first_clock(const Hbm2Command& next) const {
  // No rule reaches further back than this many commands; of a burst, which takes two clocks, there are
  // three.
  const std::size_t reach = 300;
  std::uint64_t clock = next.clock;
  std::vector<std::uint64_t> activates;
  for (std::size_t i = log_.size() - std::min(reach, log_.size()); i < log_.size(); ++i) {
    for (const Rule& rule : rules_)
      if (concerns(rule, log_[i], next)) clock = std::max(clock, log_[i].clock + rule.clocks);
    if (log_[i].kind == Kind::activate) activates.push_back(log_[i].clock);
  }
  const std::uint64_t window = clocks_of(config_, config_.timing.tFAW_ns);
  const auto in_window = [&](std::uint64_t activate) { return clock < activate + window; };
  while (next.kind == Kind::activate && std::count_if(activates.begin(), activates.end(), in_window) >= 4)
    ++clock;
  return clock;
}

std::uint64_t PseudoChannel::issue(Hbm2Command next) {
  next.clock = first_clock(next);
  log_.push_back(next);
  return next.clock;
}

const Hbm2Command* PseudoChannel::opener(std::uint64_t group, std::uint64_t bank) const {
  for (std::size_t i = log_.size(); i-- > 0;) {
    const Hbm2Command& command = log_[i];
    if (command.kind == Kind::refresh) return nullptr;
    if (command.bank_group != group || command.bank != bank) continue;
    if (command.kind == Kind::precharge) return nullptr;
    if (command.kind == Kind::activate) return &command;
  }
  return nullptr;
}

std::uint64_t PseudoChannel::try_burst(bool write, const Hbm2Location& location, std::uint64_t from) {
  Hbm2Command command{Kind::read, 0, location.bank_group, location.bank, location.row, from};
  const auto as = [&](Kind kind, std::uint64_t clock) {
    command.kind = kind;
    command.clock = clock;
    return command;
  };
  const Hbm2Command* open = opener(location.bank_group, location.bank);
  const bool hit = open != nullptr && open->row == location.row;
  if (!hit && open != nullptr) issue(as(Kind::precharge, from));
  if (!hit) issue(as(Kind::activate, from));
  return issue(as(write ? Kind::write : Kind::read, from));
}

void PseudoChannel::refresh() {
  std::vector<Hbm2Command> closing;
  std::uint64_t clock = refresh_due_;
  for (std::uint64_t group = 0; group < config_.bank_groups; ++group)
    for (std::uint64_t bank = 0; bank < config_.banks; ++bank)
      if (const Hbm2Command* open = opener(group, bank)) {
        closing.push_back({Kind::precharge, 0, group, bank, open->row, refresh_due_});
        clock = std::max(clock, first_clock(closing.back()));
      }
  for (Hbm2Command& command : closing) {
    command.clock = clock;
    log_.push_back(command);
  }
  issue({Kind::refresh, 0, 0, 0, 0, clock});
  refresh_due_ += clocks_of(config_, config_.timing.tREFI_ns);
}

std::uint64_t PseudoChannel::serve(bool write, const Hbm2Location& location, std::uint64_t arrival) {
  const std::size_t queue = config_.queue_bursts;
  const std::uint64_t room = columns_.size() < queue ? 0 : columns_[columns_.size() - queue];
  const std::uint64_t from = std::max(arrival, room);
  while (from >= refresh_due_) refresh();
  for (;;) {
    const std::size_t before = log_.size();
    const std::uint64_t column = try_burst(write, location, from);
    if (column < refresh_due_) {
      columns_.push_back(column);
      return column + (write ? config_.timing.WL_clocks : config_.timing.RL_clocks) +
             config_.burst_length / 2;
    }
    log_.resize(before);
    refresh();
  }
}

std::string breach_of(std::vector<Hbm2Command> commands, const Hbm2Config& config) {
  // Commands of one clock: a precharge before what it makes room for.
  std::stable_sort(commands.begin(), commands.end(),
                   [](const auto& a, const auto& b) { return a.clock < b.clock; });
  const auto rules = rules_of(config);
  const std::uint64_t window = clocks_of(config, config.timing.tFAW_ns);
  std::vector<std::uint64_t> activates;
  std::map<std::uint64_t, std::uint64_t> open;  // bank -> row
  std::uint64_t bus_free = 0;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Hbm2Command& now = commands[i];
    const std::uint64_t bank = now.bank_group * config.banks + now.bank;
    const auto breach = [&](const char* what) { return fmt::format("{} at clock {}", what, now.clock); };
    for (std::size_t j = i; j-- > 0 && commands[j].clock + 1000 > now.clock;)
      for (const Rule& rule : rules)
        if (concerns(rule, commands[j], now) && now.clock < commands[j].clock + rule.clocks)
          return fmt::format("{} clocks from kind {} to kind {}, expected {}, at clock {}",
                             now.clock - commands[j].clock, static_cast<int>(now.kind),
                             static_cast<int>(commands[j].kind), rule.clocks, now.clock);
    switch (now.kind) {
      case Kind::activate:
        if (open.count(bank) != 0) return breach("activate of an open bank");
        if (activates.size() >= 4 && activates[activates.size() - 4] + window > now.clock)
          return breach("fifth activate in tFAW");
        activates.push_back(now.clock);
        open[bank] = now.row;
        break;
      case Kind::precharge:
        if (open.erase(bank) == 0) return breach("precharge of a closed bank");
        break;
      case Kind::refresh:
        if (!open.empty()) return breach("refresh with an open bank");
        break;
      default: {
        const bool write = now.kind == Kind::write;
        const auto row = open.find(bank);
        if (row == open.end() || row->second != now.row) return breach("burst without its row");
        const std::uint64_t data = now.clock + (write ? config.timing.WL_clocks : config.timing.RL_clocks);
        if (data < bus_free) return breach("two bursts on the bus");
        bus_free = data + config.burst_length / 2;
      }
    }
  }
  return "";
}

}  // namespace neartile::memory::slow
