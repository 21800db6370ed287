#include "controller.h"

#include <algorithm>
#include <string>

#include "neartile/sc_models/driver/neartile_registers.h"
#include "transactions.h"

namespace neartile::sc_models {

using sc_core::sc_time;

namespace {

// Fences of different images wait side by side: one that is late holds up no more than these do.
constexpr std::uint64_t open_fences = 8;

}  // namespace

Controller::Controller(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config)
    : sc_module(name),
      clock_(clock),
      config_(config),
      queue_(config),
      scoreboard_("scoreboard"),
      registers_(config) {
  for (std::uint64_t i = 0; i < array_count(config); ++i) {
    arrays.push_back(std::make_unique<CommandSocket>(("array" + std::to_string(i)).c_str()));
    queues_.push_back({arrays.back().get(), {}, 0});
  }
  queues_.push_back({&vector_unit, {}, 0});
  queues_.push_back({&dma, {}, 0});
  queues_.push_back({nullptr, {}, 0});

  sc_core::sc_spawn([this] { run_programs(); }, "run_programs");
  const std::size_t dma_queue = arrays.size() + 1, fence_queue = dma_queue + 1;
  for (std::size_t q = 0; q < queues_.size(); ++q) {
    const std::uint64_t servers = q == dma_queue ? config.dma.engines : q == fence_queue ? open_fences : 1;
    for (std::uint64_t i = 0; i < servers; ++i) {
      const std::string process = "serve" + std::to_string(q) + "_" + std::to_string(i);
      sc_core::sc_spawn([this, q, i] { serve(queues_[q], i); }, process.c_str());
    }
  }
  sc_core::sc_spawn([this] { run_resets(); }, "run_resets");
  connect_registers();
}

// The routing table names the group, the part chooses the array in it.
std::uint64_t Controller::array_of(const router::Command& command) const {
  router::Part part = 0;
  if (const auto* load = std::get_if<router::LoadWeights>(&command.work)) part = load->part;
  if (const auto* matmul = std::get_if<router::Matmul>(&command.work)) part = matmul->part;
  if (const auto* requantise = std::get_if<router::Requantise>(&command.work)) part = requantise->part;
  const std::uint32_t group = routing_[command.layer];
  return first_array(config_, group) + part % config_.arrays[group].count;
}

void Controller::fill_queues() {
  for (Queue& queue : queues_) {
    queue.commands.clear();
    queue.next = 0;
  }
  const std::size_t vector_queue = arrays.size(), dma_queue = vector_queue + 1,
                    fence_queue = vector_queue + 2;
  for (router::CommandIndex i = 0; i < program().commands.size(); ++i) {
    const router::Command& command = program().commands[i];
    std::size_t queue = dma_queue;
    if (std::holds_alternative<router::Matmul>(command.work)) queue = array_of(command);
    if (std::holds_alternative<router::Requantise>(command.work) ||
        std::holds_alternative<router::Depthwise>(command.work) ||
        std::holds_alternative<router::VectorCompute>(command.work)) {
      queue = vector_queue;
    }
    if (std::holds_alternative<router::Fence>(command.work)) queue = fence_queue;
    queues_[queue].commands.push_back(i);
  }
}

void Controller::run_programs() {
  while (true) {
    sc_core::wait(doorbell_);
    if (resetting_) continue;
    running_ = true;
    error_ = fetch_program();
    if (may_go_on()) error_ = route_layers();
    if (may_go_on()) execute();
    running_ = false;
    if (resetting_) {
      note_drained();
    } else {
      finish(error_);
    }
  }
}

router::ProgramError Controller::fetch_program() {
  const sc_time start = sc_core::sc_time_stamp();
  const router::ProgramError error =
      queue_.take({registers_.get(NEARTILE_QUEUE_BASE_LOW), registers_.get(NEARTILE_QUEUE_SIZE),
                   registers_.get(NEARTILE_DATA_BASE_LOW)});
  registers_.set(NEARTILE_FETCH_CYCLES_LOW, clock_.cycle(sc_core::sc_time_stamp() - start));
  if (queue_.is_new()) {
    layer_cycles_.assign(program().layers.size(), 0);
    clear_layer_counters();
  }
  return error;
}

void Controller::execute() {
  const sc_time start = sc_core::sc_time_stamp();
  start_cycle_ = clock_.cycle(start);
  times_.commands.assign(program().commands.size(), {});
  scoreboard_.start(program().commands.size());
  fill_queues();
  work_.notify(sc_core::SC_ZERO_TIME);
  // After an error the commands under way are let finish, so that no unit is at work when it is reported.
  while (!scoreboard_.all_complete() && !(scoreboard_.aborted() && !scoreboard_.under_way())) {
    sc_core::wait(scoreboard_.change());
  }
  registers_.set(NEARTILE_CYCLES_LOW, clock_.cycle(sc_core::sc_time_stamp() - start));
  if (!scoreboard_.aborted()) time_execution();
}

// Gives a unit's commands to one of its engines, one after the other.
void Controller::serve(Queue& queue, std::uint64_t engine) {
  while (true) {
    while (scoreboard_.aborted() || queue.next == queue.commands.size()) sc_core::wait(work_);
    const router::CommandIndex index = queue.commands[queue.next++];
    while (!scoreboard_.aborted() && !scoreboard_.ready(program().commands[index])) {
      sc_core::wait(scoreboard_.change());
    }
    if (scoreboard_.aborted()) continue;
    ++issuing_;
    issue(queue, index, engine);
    --issuing_;
    note_drained();
  }
}

void Controller::issue(const Queue& queue, router::CommandIndex index, std::uint64_t engine) {
  const router::Command& command = program().commands[index];
  WorkOrder order{&program(), &command, array_of(command), engine};
  order.finished = [this, index](bool ok, const sc_time& after) {
    if (ok) return scoreboard_.complete_after(index, after);
    fail(index);
  };
  sc_time delay = sc_core::SC_ZERO_TIME;
  const sc_time begin = sc_core::sc_time_stamp();
  scoreboard_.issue();
  if (queue.socket != nullptr && !write(*queue.socket, 0, &order, sizeof order, delay)) return fail(index);
  if (!order.finishes_later) scoreboard_.complete_after(index, delay);
  CommandTimes& times = times_.commands[index];
  times.begin = clock_.cycle(begin) - start_cycle_;
  times.free = clock_.cycle(sc_core::sc_time_stamp() + order.busy) - start_cycle_;
  times.unit = queue.socket == &dma ? engine : order.array;
  times.tile = order.tile;
  times.buffer_cycles = order.buffer_cycles;
  if (order.busy > sc_core::SC_ZERO_TIME && !resetting_) sc_core::wait(order.busy, stop_);
}

// The first failure is the one that is reported.
void Controller::fail(router::CommandIndex index) {
  if (!scoreboard_.aborted()) error_ = {router::ProgramErrorCode::access, index};
  scoreboard_.fail();
}

void Controller::time_execution() {
  for (router::CommandIndex i = 0; i < program().commands.size(); ++i) {
    CommandTimes& times = times_.commands[i];
    times.end = clock_.cycle(scoreboard_.time(i)) - start_cycle_;
    times_.cycles = std::max(i == 0 ? 0 : times_.cycles, times.end);
    if (!std::holds_alternative<router::Matmul>(program().commands[i].work)) continue;
    for (auto edge : {&array::TileTiming::load_start, &array::TileTiming::stream_start,
                      &array::TileTiming::stream_end, &array::TileTiming::end})
      times.tile.*edge -= start_cycle_;
  }
  std::uint64_t before = 0;
  for (const LayerEnd& end : layer_ends(program(), times_)) {
    layer_cycles_[end.layer] += end.cycle - before;
    before = end.cycle;
  }
  executed(program(), times_);
}

}  // namespace neartile::sc_models
