#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
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
#include "registers/register_file.h"
#include "unit.h"

namespace neartile::sc_models {

/// The router controller: registers, the routing table, and a command queue for each unit. A unit takes
/// its commands in program order, each as soon as those it waits for are complete; units work side by side.
/// What the registers do is in controller_registers.cpp.
class Controller : public sc_core::sc_module {
 public:
  using CommandSocket = tlm_utils::simple_initiator_socket<Controller, 32>;

  tlm_utils::simple_target_socket<Controller, 32> host{"host"};
  sc_core::sc_out<bool> irq{"irq"};
  std::vector<std::unique_ptr<CommandSocket>> arrays;
  CommandSocket dma{"dma"};
  CommandSocket vector_unit{"vector_unit"};

  Controller(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config);

  void load(const router::Program& program);
  /// Cycles by layer, summed over executions.
  const std::vector<std::uint64_t>& layer_cycles() const { return layer_cycles_; }
  RegisterFile& registers() { return registers_; }
  /// Called when counters of arrays and layers shall start from 0.
  std::function<void()> clear_counters = [] {};

 private:
  /// Commands of one unit in program order, and how far it got.
  struct Queue {
    CommandSocket* socket = nullptr;
    std::vector<router::CommandIndex> commands;
    std::size_t next = 0;
  };

  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  void connect_registers();
  bool control(std::uint32_t actions);
  void ring();
  void reset();

  void run_programs();
  router::ProgramError route_layers();
  void execute();
  void fill_queues();
  void serve(Queue& queue, std::uint64_t engine);
  void issue(const Queue& queue, router::CommandIndex index, std::uint64_t engine);
  void fail(router::CommandIndex index);
  void count_layers(const sc_core::sc_time& start);
  void finish(const router::ProgramError& error);
  std::uint64_t array_of(const router::Command& command) const;

  Clock clock_;
  router::ChipConfig config_;
  router::Program program_;
  std::vector<std::uint32_t> routing_;  ///< group by layer
  std::vector<Queue> queues_;           ///< arrays, vector unit, DMA, fences
  CommandScoreboard scoreboard_;
  RegisterFile registers_;
  router::ProgramError error_;
  bool reset_wanted_ = false;
  sc_core::sc_event doorbell_, work_, irq_change_;
  std::vector<std::uint64_t> layer_cycles_;
};

}  // namespace neartile::sc_models
