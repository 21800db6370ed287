#pragma once

#include <cstdint>
#include <vector>

#include "neartile/router/program.h"
#include "neartile/sc_models/execution_times.h"
#include "neartile/traces/array_time.h"

namespace neartile::sc_models {

/// Finds out what a MATMUL waited for: follows the chain of commands each of which ended last before the next
/// could begin.
class Blame {
 public:
  struct Cause {
    std::uint64_t begin = 0, end = 0;
    traces::ArrayState state;
  };

  Blame(const router::Program& program, const ExecutionTimes& times);

  /// The causes of cycles from .. until - 1, in which `matmul` had not begun; the last first.
  std::vector<Cause> causes(router::CommandIndex matmul, std::uint64_t from, std::uint64_t until) const;

 private:
  using Index = router::CommandIndex;
  /// A command that another one waited for, and until when.
  struct Wait {
    Index command = 0;
    std::uint64_t until = 0;
    bool for_space = false;  ///< not for its data but for the place that it used
  };
  bool waits_for_space(Index waiting, Index command) const;
  bool last_wait(Index waiting, Wait& last) const;

  const router::Program& program_;
  const ExecutionTimes& times_;
  std::vector<Index> before_on_engine_;  ///< by command: the one that its engine had before; itself: none
};

}  // namespace neartile::sc_models
