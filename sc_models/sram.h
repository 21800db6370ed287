#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <vector>

namespace neartile::sc_models {

/// An on-chip buffer: bytes with any number of ports. Its time is part of whoever streams through it
/// (the cycle law, a transfer), so accesses add no delay.
class Sram : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<Sram, 32> socket{"socket"};

  Sram(sc_core::sc_module_name name, std::uint64_t bytes);

  std::uint64_t bytes_read() const { return bytes_read_; }
  std::uint64_t bytes_written() const { return bytes_written_; }

 private:
  void b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
  bool get_direct_mem_ptr(int, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
  unsigned transport_dbg(int, tlm::tlm_generic_payload& payload);
  bool access(tlm::tlm_generic_payload& payload);

  std::vector<std::uint8_t> bytes_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t bytes_written_ = 0;
};

}  // namespace neartile::sc_models
