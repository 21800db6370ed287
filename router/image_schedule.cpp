#include "image_schedule.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "neartile/array/cycle_law.h"

namespace neartile::router {

ImageSchedule::ImageSchedule(LayerEmitter& emitter, const workloads::Network& network, const Program& program,
                             const ChipConfig& chip, const Mapping& mapping, std::uint32_t images)
    : emitter_(emitter),
      network_(network),
      program_(program),
      chip_(chip),
      mapping_(mapping),
      units_(chip.arrays.size() + 1) {
  for (std::uint32_t image = 0; image < images; ++image) {
    std::vector<std::uint8_t>& open = open_inputs_.emplace_back();
    for (const workloads::Node& node : network.nodes) {
      const std::set<workloads::TensorIndex> inputs(node.inputs.begin(), node.inputs.end());
      open.push_back(static_cast<std::uint8_t>(inputs.size()));
    }
    add_readers(image, 0, 0);
  }
}

std::size_t ImageSchedule::unit_of(std::size_t node) const {
  const bool on_arrays =
      network_.nodes[node].matrix() && mapping_of(mapping_, node).unit == LayerUnit::arrays;
  return on_arrays ? program_.layers[node].group : chip_.arrays.size();
}

void ImageSchedule::add_readers(std::uint32_t image, workloads::TensorIndex made, Time time) {
  for (std::size_t node = 0; node < network_.nodes.size(); ++node) {
    const auto& inputs = network_.nodes[node].inputs;
    if (std::ranges::find(inputs, made) == inputs.end() || --open_inputs_[image][node] > 0) continue;
    Waiting waiting;
    waiting.task.image = image;
    waiting.task.node = node;
    waiting.ready = time;
    waiting_.push_back(std::move(waiting));
  }
}

bool ImageSchedule::idle() const {
  return pending_.empty() && std::ranges::none_of(units_, [](const Unit& unit) { return !!unit.running; });
}

ImageSchedule::Time ImageSchedule::start_of(const Waiting& waiting) const {
  return std::max(waiting.ready, units_[unit_of(waiting.task.node)].free);
}

// The layer that can begin first; of those that could begin together the oldest image's first layer.
std::optional<std::size_t> ImageSchedule::next_to_begin(bool blocked_too) const {
  std::optional<std::size_t> next;
  std::tuple<Time, std::uint32_t, std::size_t> first;
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    const Waiting& its = waiting_[i];
    if (units_[unit_of(its.task.node)].running || (its.blocked && !blocked_too)) continue;
    const std::tuple key(start_of(its), its.task.image, its.task.node);
    if (!next || key < first) std::tie(next, first) = std::tuple(i, key);
  }
  return next;
}

void ImageSchedule::emit_all() {
  constexpr Time never = ~Time{0};
  while (!waiting_.empty() || !idle()) {
    Time block = never;
    std::size_t unit = 0;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (units_[u].running && units_[u].free < block) std::tie(block, unit) = std::tuple(units_[u].free, u);
    }
    const auto layer = next_to_begin(false);
    const Time begins = layer ? start_of(waiting_[*layer]) : never;
    const auto pending = pending_.begin();
    // What ends first may make something else ready.
    if (pending != pending_.end() && pending->first <= std::min(block, begins)) {
      const auto work = std::move(pending->second);
      pending_.erase(pending);
      work();
    } else if (layer && begins <= block) {
      begin(*layer);
    } else if (block != never) {
      next_block(units_[unit], chip_.arrays[unit].array);
    } else {
      // Nothing is at work, and nothing that waits has room: the oldest layer gets it, whoever has to go.
      const LayerTask task = waiting_[*next_to_begin(true)].task;
      std::erase_if(waiting_, [&](const Waiting& its) {
        return its.task.image == task.image && its.task.node == task.node;
      });
      begin_alone(task, units_[unit_of(task.node)]);
    }
  }
}

void ImageSchedule::begin(std::size_t index) {
  const std::size_t u = unit_of(waiting_[index].task.node);
  Unit& unit = units_[u];
  LayerTask task = waiting_[index].task;
  if (!emitter_.begin(task, false, {})) {
    waiting_[index].blocked = true;
    return;
  }
  unit.free = start_of(waiting_[index]);
  waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(index));
  if (u < chip_.arrays.size()) {
    unit.running = std::make_shared<Running>(Running{task, emitter_.begin_blocks(task), {}});
    return;
  }
  std::vector<CommandIndex> done = emitter_.emit_work(task);
  unit.free += layer_cycles(task.node);
  pending_.emplace(unit.free, [this, task, done = std::move(done), end = unit.free] {
    emitter_.end(task, done);
    finish(task, end);
  });
}

void ImageSchedule::begin_alone(const LayerTask& task, Unit& unit) {
  LayerTask whole = task;
  if (emitter_.begin(whole, true, {}))
    emitter_.end(whole, emitter_.emit_work(whole));
  else
    emitter_.emit_in_stripes(task, {});
  unit.free += layer_cycles(task.node);
  finish(task, unit.free);
}

// A block's requantisation comes into the program when its sums do, and before the group's next block.
void ImageSchedule::next_block(Unit& unit, const array::ArrayConfig& array) {
  const std::shared_ptr<Running> running = unit.running;
  emitter_.blocks().emit_block(running->run);
  Time stream = 0;
  for (const MatrixRun::Open& block : running->run.open.back())
    stream = std::max(stream, std::max(block.tile.vectors.count, array.rows));
  const bool overlapped = array.pe.weight_registers > 1;
  unit.free +=
      running->run.parts.front().k_tiles() * (overlapped ? stream : tile_cycles(array, stream).count);
  pending_.emplace(unit.free, [this, running, time = unit.free] { requantise(*running, time); });
  if (!running->run.all_emitted()) return;
  unit.running.reset();
  const Time end = unit.free + array.rows + array.columns + chip_.vector_unit.latency_cycles;
  pending_.emplace(end, [this, running, end] {
    emitter_.end(running->task, running->done);
    finish(running->task, end);
  });
}

void ImageSchedule::requantise(Running& running, Time time) {
  Unit& vector_unit = units_.back();
  for (const MatrixRun::Open& block : running.run.open.front()) {
    vector_unit.free = std::max(vector_unit.free, time) +
                       chip_.vector_unit.cycles(block.tile.vectors.count * block.tile.n).count;
  }
  const std::vector<CommandIndex> commands = emitter_.blocks().emit_requantise(running.run);
  running.done.insert(running.done.end(), commands.begin(), commands.end());
}

void ImageSchedule::finish(const LayerTask& task, Time time) {
  for (Waiting& waiting : waiting_) waiting.blocked = false;
  add_readers(task.image, task.node + 1, time);
}

ImageSchedule::Time ImageSchedule::layer_cycles(std::size_t node) const {
  const workloads::Node& its = network_.nodes[node];
  if (unit_of(node) == chip_.arrays.size()) {
    if (const auto* matrix = its.matrix())
      return chip_.vector_unit.depthwise_cycles(its.shape.elements(), matrix->shape.k()).count;
    std::uint64_t elements = its.shape.elements();
    for (const workloads::TensorIndex input : its.inputs)
      elements = std::max<std::uint64_t>(elements, network_.shape_of(input).elements());
    return chip_.vector_unit.cycles(elements).count;
  }
  const std::size_t group = unit_of(node);
  const LayerTiling tiling(its.matrix()->shape, chip_, group, mapping_of(mapping_, node));
  const PartTiles tiles = tiling.part(tiling.parts() - 1);
  return tiles.count() * std::max(tiles.at(0).vectors.count, chip_.arrays[group].array.rows);
}

}  // namespace neartile::router
