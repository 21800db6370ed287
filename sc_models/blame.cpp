#include "blame.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace neartile::sc_models {
namespace {

using traces::ArrayState;
using Work = decltype(router::Command::work);

bool is_load(const Work& work) {
  return std::holds_alternative<router::LoadTensor>(work) ||
         std::holds_alternative<router::LoadWeights>(work);
}
bool is_dma(const Work& work) {
  return is_load(work) || std::holds_alternative<router::Store>(work);
}
bool is_matmul(const Work& work) {
  return std::holds_alternative<router::Matmul>(work);
}

}  // namespace

Blame::Blame(const router::Program& program, const ExecutionTimes& times)
    : program_(program), times_(times), before_on_engine_(times.commands.size()) {
  std::map<std::pair<bool, std::uint64_t>, Index> last;  // of DMA's engines, and of the vector unit
  for (Index i = 0; i < before_on_engine_.size(); ++i) {
    const Work& work = program.commands[i].work;
    before_on_engine_[i] = i;
    if (is_matmul(work) || std::holds_alternative<router::Fence>(work)) continue;
    const std::pair engine(is_dma(work), is_dma(work) ? times.commands[i].unit : 0);
    const auto found = last.find(engine);
    if (found != last.end()) before_on_engine_[i] = found->second;
    last[engine] = i;
  }
}

// A load from external memory needs nothing but room, unless it reads what was stored before; a tile's sums
// need an accumulator half that has been read out.
bool Blame::waits_for_space(Index waiting, Index command) const {
  const Work &work = program_.commands[waiting].work, &other = program_.commands[command].work;
  if (is_load(work)) return !std::holds_alternative<router::Store>(other);
  const auto* matmul = std::get_if<router::Matmul>(&work);
  const auto* requantise = std::get_if<router::Requantise>(&other);
  return matmul && requantise && matmul->part == requantise->part && matmul->half == requantise->half;
}

bool Blame::last_wait(Index waiting, Wait& last) const {
  bool found = false;
  // Of two that end together the one that more space would not have spared.
  const auto consider = [&](const Wait& wait) {
    if (!found || std::tuple(wait.until, !wait.for_space) > std::tuple(last.until, !last.for_space))
      last = wait;
    found = true;
  };
  for (const Index command : program_.commands[waiting].after)
    consider({command, times_.commands[command].end, waits_for_space(waiting, command)});
  const Index before = before_on_engine_[waiting];
  if (before != waiting) consider({before, times_.commands[before].free, false});
  return found;
}

std::vector<Blame::Cause> Blame::causes(Index matmul, std::uint64_t from, std::uint64_t until) const {
  std::vector<Cause> causes;
  const auto add = [&](std::uint64_t begin, ArrayState state) {
    begin = std::clamp(begin, from, until);
    if (begin < until) causes.push_back({begin, until, state});
    until = begin;
  };
  bool for_space = false;
  for (Index waiting = matmul; until > from;) {
    Wait wait;
    if (!last_wait(waiting, wait)) break;
    const CommandTimes& times = times_.commands[wait.command];
    const Work& work = program_.commands[wait.command].work;
    for_space = for_space || wait.for_space;
    if (is_matmul(work)) {
      // The array's own tiles before have been streamed: what is left is on its way out.
      const bool own = times.unit == times_.commands[matmul].unit;
      if (!for_space && own) add(times.tile.stream_end, ArrayState::drain);
      break;
    }
    add(times.begin, for_space      ? ArrayState::buffer
                     : is_dma(work) ? ArrayState::bandwidth
                                    : ArrayState::dependency);
    waiting = wait.command;
  }
  add(from, for_space ? ArrayState::buffer : ArrayState::dependency);
  return causes;
}

}  // namespace neartile::sc_models
