#pragma once

#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <memory>
#include <vector>

namespace neartile::sc_models {

/// Addresses on the chip's own bus: the unified buffer from 0, then each array's weight buffer and
/// accumulators in windows of their own.
namespace on_chip {

inline constexpr std::uint64_t window_bytes = std::uint64_t{1} << 32;
inline constexpr std::uint64_t unified_buffer = 0;
constexpr std::uint64_t weight_buffer(std::uint64_t array) {
  return (1 + 2 * array) * window_bytes;
}
constexpr std::uint64_t accumulators(std::uint64_t array) {
  return (2 + 2 * array) * window_bytes;
}

}  // namespace on_chip

/// Routes DMA's and the vector unit's accesses to the buffers: window i of the address map to socket i.
class OnChipBus : public sc_core::sc_module {
 public:
  tlm_utils::multi_passthrough_target_socket<OnChipBus, 32> initiators{"initiators"};

  OnChipBus(sc_core::sc_module_name name, std::uint64_t windows);
  tlm_utils::simple_initiator_socket<OnChipBus, 32>& target(std::uint64_t window) {
    return *targets_.at(window);
  }

 private:
  void b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);

  std::vector<std::unique_ptr<tlm_utils::simple_initiator_socket<OnChipBus, 32>>> targets_;
};

}  // namespace neartile::sc_models
