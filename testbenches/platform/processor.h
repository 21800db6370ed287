#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/tlm_quantumkeeper.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <functional>
#include <vector>

namespace neartile::platform {

/// A processor that has no instructions: compiled firmware runs in its thread, and what it does to the world
/// goes over the bus. Loosely timed: it runs ahead by the global quantum; with DMI it uses pointers
/// where targets grant them.
class Processor : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Processor, 32> bus{"bus"};
  sc_core::sc_in<bool> interrupt{"interrupt"};

  /// `firmware` starts with the simulation.
  Processor(sc_core::sc_module_name name, bool dmi, std::function<int()> firmware);

  /// The one whose firmware calls.
  static Processor& running();
  // For firmware: an access that a target refuses is a fault; then the processor does nothing any more.
  void read(std::uint64_t address, void* data, std::uint64_t bytes);
  void write(std::uint64_t address, const void* data, std::uint64_t bytes);
  void wait_for_interrupt();

  /// What firmware returned; -1 until then, and after a fault.
  int exit_status() const { return exit_status_; }
  bool faulted() const { return faulted_; }
  std::uint64_t fault_address() const { return fault_address_; }
  /// When firmware came to its end.
  const sc_core::sc_time& end() const { return end_; }
  std::uint64_t dmi_accesses() const { return dmi_accesses_; }

 private:
  void access(tlm::tlm_command command, std::uint64_t address, void* data, std::uint64_t bytes);
  bool access_by_pointer(tlm::tlm_command command, std::uint64_t address, void* data, std::uint64_t bytes);
  void ask_for_pointer(tlm::tlm_command command, std::uint64_t address);
  void invalidate(sc_dt::uint64 start, sc_dt::uint64 end);
  void run(const std::function<int()>& firmware);
  void pass(const sc_core::sc_time& delay);
  [[noreturn]] void fault(std::uint64_t address);

  bool dmi_;
  tlm_utils::tlm_quantumkeeper keeper_;
  std::vector<tlm::tlm_dmi> pointers_;
  std::uint64_t dmi_accesses_ = 0, fault_address_ = 0;
  bool faulted_ = false;
  int exit_status_ = -1;
  sc_core::sc_time end_;
};

}  // namespace neartile::platform
