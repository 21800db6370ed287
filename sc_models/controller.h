#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "command_scoreboard.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/router/program_error.h"
#include "neartile/sc_models/execution_times.h"
#include "program_queue.h"
#include "registers/register_file.h"
#include "timed_calls.h"
#include "unit.h"

namespace neartile::sc_models {

/// The router controller: registers, the routing table, and a command queue for each unit. A unit takes
/// its commands in program order, each as soon as those it waits for are complete; units work side by side.
/// What the registers do is in controller_registers.cpp, where programs come from in program_queue.h.
class Controller : public sc_core::sc_module {
 public:
  using CommandSocket = tlm_utils::simple_initiator_socket<Controller, 32>;

  sc_core::sc_out<bool> irq{"irq"};
  std::vector<std::unique_ptr<CommandSocket>> arrays;
  CommandSocket dma{"dma"};
  CommandSocket vector_unit{"vector_unit"};

  Controller(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config);

  /// Cycles by layer, summed over executions.
  const std::vector<std::uint64_t>& layer_cycles() const { return layer_cycles_; }
  RegisterFile& registers() { return registers_; }

  // The host's side. What a write causes comes when `after` has passed: the host may be ahead of the
  // simulation.
  tlm::tlm_response_status read_register(std::uint64_t address, std::uint32_t& value) {
    return registers_.read(address, value);
  }
  tlm::tlm_response_status peek_register(std::uint64_t address, std::uint32_t& value) const {
    return registers_.peek(address, value);
  }
  tlm::tlm_response_status write_register(std::uint64_t address, std::uint32_t value,
                                          const sc_core::sc_time& after);
  /// No program is executed and no reset is at work, nor asked for.
  bool idle() const;
  /// Reset from outside: while it is held, and then until all that is in flight has come to its end, the chip
  /// is busy.
  void hold_in_reset(bool held);

  /// What a reset does to the units: first they issue nothing more; when nothing is under way, they are as
  /// new.
  struct ResetHooks {
    std::function<void()> stop = [] {};
    std::function<bool()> drained = [] { return true; };
    std::function<void()> restart = [] {};
  };
  ResetHooks units;
  /// To be called when drained() may have become true.
  void note_drained() { reset_progress_.notify(sc_core::SC_ZERO_TIME); }

  ProgramQueue& queue() { return queue_; }
  /// Called when counters of arrays, and of layers, shall start from 0.
  std::function<void()> clear_array_counters = [] {}, clear_layer_counters = [] {};
  /// Gets the times of each execution that ends without error.
  ExecutionObserver executed = [](const router::Program&, const ExecutionTimes&) {};

 private:
  /// Commands of one unit in program order, and how far it got.
  struct Queue {
    CommandSocket* socket = nullptr;
    std::vector<router::CommandIndex> commands;
    std::size_t next = 0;
  };

  void connect_registers();
  void drive_irq();
  bool control(std::uint32_t actions);
  void ring();
  void run_resets();
  void reset();
  void clear_counters();
  const router::Program& program() const { return queue_.program(); }

  void run_programs();
  /// Nothing is wrong, and no reset is at work.
  bool may_go_on() const { return error_.code == router::ProgramErrorCode::none && !resetting_; }
  router::ProgramError fetch_program();
  router::ProgramError route_layers();
  void execute();
  void fill_queues();
  void serve(Queue& queue, std::uint64_t engine);
  void issue(const Queue& queue, router::CommandIndex index, std::uint64_t engine);
  void fail(router::CommandIndex index);
  void time_execution();
  void finish(const router::ProgramError& error);
  std::uint64_t array_of(const router::Command& command) const;

  Clock clock_;
  router::ChipConfig config_;
  ProgramQueue queue_;
  std::vector<std::uint32_t> routing_;  ///< group by layer
  std::vector<Queue> queues_;           ///< arrays, vector unit, DMA, fences
  CommandScoreboard scoreboard_;
  ExecutionTimes times_;
  std::uint64_t start_cycle_ = 0;
  RegisterFile registers_;
  router::ProgramError error_;
  sc_core::sc_time host_time_;  ///< of the write at hand, from now
  TimedCalls irq_changes_;
  std::uint32_t irq_enabled_ = 0;  ///< INTERRUPT_ENABLE, once its writer's time has come
  bool running_ = false, resetting_ = false, held_in_reset_ = false;
  std::size_t issuing_ = 0;  ///< processes that wait for a unit
  sc_core::sc_event doorbell_, work_, reset_request_, reset_progress_, stop_;
  std::vector<std::uint64_t> layer_cycles_;
};

}  // namespace neartile::sc_models
