#pragma once

#include <string>
#include <vector>

#include "neartile/memory/address_map.h"
#include "neartile/memory/hbm2.h"

namespace neartile::memory::slow {

/// A rule of timing as data sheets have it: from a command to a later one, both in the same bank, the same
/// bank group, or anywhere in the pseudo channel.
struct Rule {
  Hbm2Command::Kind first, second;
  enum Scope { bank, group, any } scope;
  std::uint64_t clocks;
};
std::vector<Rule> rules_of(const Hbm2Config& config);
std::uint64_t clocks_of(const Hbm2Config& config, double ns);

/// A pseudo channel that asks of each command so far, by the rules, when the next one may come.
class PseudoChannel {
 public:
  explicit PseudoChannel(const Hbm2Config& config)
      : config_(config), rules_(rules_of(config)), refresh_due_(clocks_of(config, config.timing.tREFI_ns)) {}

  /// The clock after the last data of a burst.
  std::uint64_t serve(bool write, const Hbm2Location& location, std::uint64_t arrival);
  const std::vector<Hbm2Command>& commands() const { return log_; }

 private:
  /// The first clock from next.clock on that no command so far forbids.
  std::uint64_t first_clock(const Hbm2Command& next) const;
  std::uint64_t issue(Hbm2Command next);
  std::uint64_t try_burst(bool write, const Hbm2Location& location, std::uint64_t from);
  void refresh();
  /// The command that opened the bank's row, or null.
  const Hbm2Command* opener(std::uint64_t group, std::uint64_t bank) const;

  Hbm2Config config_;
  std::vector<Rule> rules_;
  std::vector<Hbm2Command> log_;
  std::vector<std::uint64_t> columns_;
  std::uint64_t refresh_due_;
};

/// What is illegal in the commands of one pseudo channel; empty: nothing. Knows nothing of how they came
/// about.
std::string breach_of(std::vector<Hbm2Command> commands, const Hbm2Config& config);

}  // namespace neartile::memory::slow
