#pragma once

#include <systemc>

#include <cstdint>
#include <map>
#include <vector>

#include "neartile/router/program.h"

namespace neartile::sc_models {

/// Which commands of an execution are complete, and when those under way will be.
class CommandScoreboard : public sc_core::sc_module {
 public:
  explicit CommandScoreboard(sc_core::sc_module_name name);

  void start(std::size_t commands);
  /// A command is given to its unit; complete_after() or fail() follows.
  void issue() { ++under_way_; }
  /// Command `index` will be complete after `delay`.
  void complete_after(router::CommandIndex index, const sc_core::sc_time& delay);
  /// A command came to an end without success: as abort().
  void fail();
  /// All waits end: nothing more will be issued.
  void abort();
  /// As abort(); and of the commands under way, those whose end is known already are over.
  void abandon();

  bool ready(const router::Command& command) const;
  bool complete(router::CommandIndex index) const { return times_[index] != unknown(); }
  bool all_complete() const { return open_ == 0; }
  bool under_way() const { return under_way_ > 0; }
  bool aborted() const { return aborted_; }
  sc_core::sc_time time(router::CommandIndex index) const { return times_[index]; }
  /// Notified when a command completes, or at an abort.
  const sc_core::sc_event& change() const { return change_; }

 private:
  static sc_core::sc_time unknown() { return sc_core::sc_max_time(); }
  void complete_due();

  std::vector<sc_core::sc_time> times_;
  std::multimap<sc_core::sc_time, router::CommandIndex> pending_;
  std::size_t open_ = 0, under_way_ = 0;
  bool aborted_ = false;
  sc_core::sc_event due_, change_;
};

}  // namespace neartile::sc_models
