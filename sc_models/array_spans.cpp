#include "neartile/sc_models/array_spans.h"

#include <algorithm>
#include <set>

#include "blame.h"
#include "unit.h"

namespace neartile::sc_models {
namespace {

using router::CommandIndex;
using traces::ArrayState;

bool is_wait(ArrayState state) {
  return state == ArrayState::bandwidth || state == ArrayState::buffer || state == ArrayState::dependency;
}

/// The spans of one array, made from its tiles in the order in which they stream.
class Spans {
 public:
  Spans(const router::Program& program, const ExecutionTimes& times, const router::ChipConfig& chip,
        std::uint64_t array)
      : program_(program),
        times_(times),
        array_(group_of(chip, array).array),
        blame_(program, times),
        ends_(layer_ends(program, times)) {
    for (CommandIndex i = 0; i < times.commands.size(); ++i) {
      if (!std::holds_alternative<router::Matmul>(program.commands[i].work) ||
          times.commands[i].unit != array)
        continue;
      tiles_.push_back(i);
      own_layers_.insert(program.commands[i].layer);
    }
    std::ranges::sort(tiles_, {}, [&](CommandIndex i) { return times.commands[i].tile.stream_start; });
  }

  std::vector<ArraySpan> make() {
    array::TileTiming before;
    for (std::size_t i = 0; i < tiles_.size(); ++i) {
      add_tile(tiles_[i], before, i > 0 && same_layer(tiles_[i], tiles_[i - 1]));
      before = times_.commands[tiles_[i]].tile;
    }
    command_ = tiles_.empty() ? 0 : tiles_.back();
    add(before.end, ArrayState::drain);
    add(times_.cycles, ArrayState::no_work);
    return std::move(spans_);
  }

 private:
  bool same_layer(CommandIndex a, CommandIndex b) const {
    const router::Command &one = program_.commands[a], &other = program_.commands[b];
    return one.layer == other.layer && one.image == other.image;
  }

  void add_tile(CommandIndex tile, const array::TileTiming& before, bool within_layer) {
    const CommandTimes& times = times_.commands[tile];
    command_ = tile;
    if (within_layer)
      wait_within_layer(tile, before);
    else
      wait_for_layer(tile, before);
    add(times.tile.stream_start, ArrayState::weight_load);
    add(times.tile.stream_end, ArrayState::stream);
  }

  // What the law allows between two tiles, then the stall: as long as the tile came late, and for the reasons
  // of just those cycles in which it was late. Its weights then enter in the shadow of the stall.
  void wait_within_layer(CommandIndex tile, const array::TileTiming& before) {
    const CommandTimes& times = times_.commands[tile];
    const array::TileTiming law = array::TileSchedule(array_, before).place(0, 1);
    add(std::min(law.load_start, law.stream_start), ArrayState::drain);
    add(law.stream_start, ArrayState::weight_load);
    add_causes(tile, times.tile.stream_start - std::max(law.stream_start, now_), times.tile.stream_start);
  }

  void wait_for_layer(CommandIndex tile, const array::TileTiming& before) {
    const CommandTimes& times = times_.commands[tile];
    const std::uint64_t load = times.tile.load_start;
    add(std::min(before.end, load), ArrayState::drain);
    if (load > now_) add_causes(tile, load - now_, load);
  }

  // A stall of `length` cycles that ends at `end`; conflicts in buffers made the last of them.
  void add_causes(CommandIndex tile, std::uint64_t length, std::uint64_t end) {
    if (length == 0) return;
    const CommandTimes& times = times_.commands[tile];
    const std::uint64_t waited = length - std::min(length, times.buffer_cycles);
    const std::uint64_t until = times.begin, from = until - std::min(until, waited);
    auto causes = blame_.causes(tile, from, until);
    std::ranges::reverse(causes);
    for (const Blame::Cause& cause : causes) add(now_ + (cause.end - cause.begin), cause.state);
    add(end, ArrayState::buffer);
  }

  // From where the last span ended, cut where layers end. Of one image the layers of other arrays are no
  // work; of several, the array waits for its own layer all the same.
  void add(std::uint64_t end, ArrayState state) {
    end = std::min(end, times_.cycles);
    while (now_ < end) {
      while (at_ + 1 < ends_.size() && ends_[at_].cycle <= now_) ++at_;
      const std::uint64_t cut = at_ + 1 < ends_.size() ? std::min(end, ends_[at_].cycle) : end;
      const router::LayerIndex layer = ends_[at_].layer;
      const bool others_only =
          program_.images == 1 && program_.layers[layer].matrix && own_layers_.count(layer) == 0;
      append({now_, cut, others_only && is_wait(state) ? ArrayState::no_work : state, command_, layer});
      now_ = cut;
    }
  }

  void append(const ArraySpan& span) {
    ArraySpan* last = spans_.empty() ? nullptr : &spans_.back();
    if (last && last->state == span.state && last->command == span.command && last->layer == span.layer)
      last->end = span.end;
    else
      spans_.push_back(span);
  }

  const router::Program& program_;
  const ExecutionTimes& times_;
  array::ArrayConfig array_;
  Blame blame_;
  std::vector<LayerEnd> ends_;
  std::vector<CommandIndex> tiles_;
  std::set<router::LayerIndex> own_layers_;
  std::vector<ArraySpan> spans_;
  std::uint64_t now_ = 0;
  std::size_t at_ = 0;  ///< in ends_
  CommandIndex command_ = 0;
};

}  // namespace

std::vector<ArraySpan> array_spans(const router::Program& program, const ExecutionTimes& times,
                                   const router::ChipConfig& chip, std::uint64_t array) {
  return Spans(program, times, chip, array).make();
}

std::vector<traces::ArrayTime> time_by_layer(const std::vector<ArraySpan>& spans, std::size_t layers) {
  std::vector<traces::ArrayTime> time(layers);
  for (const ArraySpan& span : spans) time[span.layer][span.state] += span.end - span.begin;
  return time;
}

}  // namespace neartile::sc_models
