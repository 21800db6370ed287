#include "command_scoreboard.h"

#include <algorithm>

namespace neartile::sc_models {

using sc_core::sc_time;
using sc_core::sc_time_stamp;

CommandScoreboard::CommandScoreboard(sc_core::sc_module_name name) : sc_module(name) {
  sc_core::sc_spawn_options options;
  options.spawn_method();
  options.dont_initialize();
  options.set_sensitivity(&due_);
  sc_core::sc_spawn([this] { complete_due(); }, "complete_due", &options);
}

void CommandScoreboard::start(std::size_t commands) {
  times_.assign(commands, unknown());
  pending_.clear();
  open_ = commands;
  under_way_ = 0;
  aborted_ = false;
}

void CommandScoreboard::complete_after(router::CommandIndex index, const sc_time& delay) {
  pending_.emplace(sc_time_stamp() + delay, index);
  due_.notify(pending_.begin()->first - sc_time_stamp());
}

void CommandScoreboard::fail() {
  --under_way_;
  abort();
}

void CommandScoreboard::abort() {
  aborted_ = true;
  change_.notify(sc_core::SC_ZERO_TIME);
}

void CommandScoreboard::abandon() {
  under_way_ -= pending_.size();
  pending_.clear();
  abort();
}

bool CommandScoreboard::ready(const router::Command& command) const {
  return std::all_of(command.after.begin(), command.after.end(),
                     [this](auto index) { return complete(index); });
}

void CommandScoreboard::complete_due() {
  while (!pending_.empty() && pending_.begin()->first <= sc_time_stamp()) {
    times_[pending_.begin()->second] = sc_time_stamp();
    pending_.erase(pending_.begin());
    --open_;
    --under_way_;
  }
  if (!pending_.empty()) due_.notify(pending_.begin()->first - sc_time_stamp());
  change_.notify(sc_core::SC_ZERO_TIME);
}

}  // namespace neartile::sc_models
