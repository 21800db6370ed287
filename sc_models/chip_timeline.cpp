#include "neartile/sc_models/chip_timeline.h"

#include <algorithm>
#include <string>

#include "neartile/sc_models/array_spans.h"
#include "unit.h"

namespace neartile::sc_models {
namespace {

using router::CommandIndex;
using traces::TimelineSpan;

const char* transfer_name(const router::Command& command) {
  if (std::holds_alternative<router::LoadWeights>(command.work)) return "load weights";
  return std::holds_alternative<router::Store>(command.work) ? "store" : "load tensor";
}

const char* vector_name(const router::Command& command) {
  if (std::holds_alternative<router::Requantise>(command.work)) return "requantise";
  return std::holds_alternative<router::Depthwise>(command.work) ? "depthwise" : "compute";
}

bool on_vector_unit(const router::Command& command) {
  return memory_bytes(command) == 0 && !std::holds_alternative<router::Matmul>(command.work) &&
         !std::holds_alternative<router::Fence>(command.work);
}

std::vector<CommandIndex> in_order_of_begin(const ExecutionTimes& times) {
  std::vector<CommandIndex> order(times.commands.size());
  for (CommandIndex i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](CommandIndex i) { return times.commands[i].begin; });
  return order;
}

}  // namespace

ChipTimeline::ChipTimeline(std::ostream& stream, const router::ChipConfig& chip)
    : chip_(chip), writer_(stream, chip.clock_MHz), layers_(writer_.track("network", "layers")) {
  for (std::uint64_t i = 0; i < array_count(chip); ++i) {
    const router::GroupConfig& group = group_of(chip, i);
    const std::string name = "array " + std::to_string(i);
    arrays_.push_back({writer_.track("arrays", name + ": " + group.name),
                       writer_.track("arrays", name + ": weights enter"), group.array.rows});
  }
  vector_unit_ = writer_.track("vector unit", "vector unit");
  for (std::uint64_t i = 0; i < chip.dma.engines; ++i)
    engines_.push_back(writer_.track("DMA", "engine " + std::to_string(i)));
  memory_ = writer_.track("memory", "external memory");
}

void ChipTimeline::add(const router::Program& program, const ExecutionTimes& times) {
  add_layers(program, times);
  for (std::uint64_t array = 0; array < arrays_.size(); ++array) add_array(program, times, array);
  add_commands(program, times);
  add_memory(program, times);
  start_ += times.cycles;
}

void ChipTimeline::add_layers(const router::Program& program, const ExecutionTimes& times) {
  std::uint64_t begin = 0;
  for (const LayerEnd& end : layer_ends(program, times)) {
    const router::ProgramLayer& layer = program.layers[end.layer];
    writer_.span(layers_, {start_ + begin,
                           start_ + end.cycle,
                           layer.name,
                           layer.type,
                           {{"layer", end.layer}, {"image", end.image}},
                           {}});
    begin = end.cycle;
  }
}

void ChipTimeline::add_array(const router::Program& program, const ExecutionTimes& times,
                             std::uint64_t array) {
  std::vector<CommandIndex> tiles;
  for (const ArraySpan& span : array_spans(program, times, chip_, array)) {
    const router::Command& command = program.commands[span.command];
    TimelineSpan event{start_ + span.begin, start_ + span.end, name_of(span.state), "array", {}, {}};
    const auto* matmul = std::get_if<router::Matmul>(&command.work);
    if (span.state != traces::ArrayState::no_work && matmul) {
      event.numbers = {{"command", span.command},
                       {"first_m", matmul->first_m},
                       {"m", matmul->m},
                       {"k", matmul->k},
                       {"n", matmul->n}};
      event.texts = {{"layer", program.layers[command.layer].name}};
    }
    writer_.span(arrays_[array].state, event);
    if (span.state == traces::ArrayState::stream && (tiles.empty() || tiles.back() != span.command))
      tiles.push_back(span.command);
  }
  for (const CommandIndex tile : tiles) {
    const std::uint64_t begin = start_ + times.commands[tile].tile.load_start;
    writer_.span(arrays_[array].weights,
                 {begin, begin + arrays_[array].rows, "weights enter", "array", {{"command", tile}}, {}});
  }
}

void ChipTimeline::add_commands(const router::Program& program, const ExecutionTimes& times) {
  for (const CommandIndex i : in_order_of_begin(times)) {
    const router::Command& command = program.commands[i];
    const CommandTimes& at = times.commands[i];
    const std::string& layer = program.layers[command.layer].name;
    if (const std::uint64_t bytes = memory_bytes(command); bytes > 0) {
      writer_.span(engines_.at(at.unit),
                   {start_ + at.begin,
                    start_ + at.free,
                    transfer_name(command),
                    "dma",
                    {{"command", i}, {"bytes", bytes}, {"complete_cycle", start_ + at.end}},
                    {{"layer", layer}}});
    } else if (on_vector_unit(command)) {
      writer_.span(vector_unit_, {start_ + at.begin,
                                  start_ + at.free,
                                  vector_name(command),
                                  "vector unit",
                                  {{"command", i}},
                                  {{"layer", layer}}});
    }
  }
}

// Transfers overlap: what the track shows is when there is at least one.
void ChipTimeline::add_memory(const router::Program& program, const ExecutionTimes& times) {
  TimelineSpan busy{0, 0, "busy", "memory", {}, {}};
  std::uint64_t bytes = 0;
  const auto write = [&] {
    busy.numbers = {{"bytes", bytes}};
    writer_.span(memory_, busy);
    bytes = 0;
  };
  for (const CommandIndex i : in_order_of_begin(times)) {
    const std::uint64_t moved = memory_bytes(program.commands[i]);
    if (moved == 0) continue;
    const std::uint64_t begin = start_ + times.commands[i].begin, end = start_ + times.commands[i].end;
    if (begin > busy.end_cycle) {
      write();
      busy.begin_cycle = begin;
    }
    busy.end_cycle = std::max(busy.end_cycle, end);
    bytes += moved;
  }
  write();
}

}  // namespace neartile::sc_models
