#pragma once

#include <tlm_utils/simple_target_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>

namespace neartile::platform {

/// Joins up to 32 level-sensitive lines to one for a processor. Registers of 32 bits, little endian: PENDING
/// at 0 (read: lines that are high and enabled), ENABLE at 4 (read, write: bit i lets line i through).
class InterruptController : public sc_core::sc_module {
 public:
  static constexpr std::uint64_t pending_offset = 0, enable_offset = 4, bytes = 8;

  tlm_utils::simple_target_socket<InterruptController, 32> registers{"registers"};
  sc_core::sc_vector<sc_core::sc_in<bool>> lines;
  sc_core::sc_out<bool> interrupt{"interrupt"};

  InterruptController(sc_core::sc_module_name name, unsigned line_count);

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  std::uint32_t pending() const;
  tlm::tlm_response_status access(tlm::tlm_generic_payload& payload);

  std::uint32_t enable_ = 0;
  sc_core::sc_event enable_change_;
};

}  // namespace neartile::platform
