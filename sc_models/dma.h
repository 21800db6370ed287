#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <deque>
#include <vector>

#include "neartile/memory/dma_config.h"
#include "neartile/router/chip_config.h"
#include "unit.h"

namespace neartile::sc_models {

/// The DMA engines: LOAD from external memory into a buffer, STORE back. An engine sends one burst a cycle
/// while fewer than `outstanding_bursts` are in flight, and takes its next order when the last is sent.
class Dma : public Unit {
 public:
  tlm_utils::simple_initiator_socket<Dma, 32> memory{"memory"};
  tlm_utils::simple_initiator_socket<Dma, 32> on_chip{"on_chip"};

  Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config);

 private:
  Execution execute(const WorkOrder& order, std::uint64_t start) override;
  /// One direction and size of a transfer.
  struct Transfer {
    tlm::tlm_command memory_command;
    std::uint64_t memory_address, on_chip_address, bytes;
  };
  Transfer transfer_of(const WorkOrder& order) const;
  Execution send_bursts(const Transfer& transfer, std::uint64_t engine, std::uint64_t start);

  /// When each burst in flight comes back, in the order of sending.
  using InFlight = std::deque<sc_core::sc_time>;

  router::ChipConfig config_;
  std::vector<InFlight> engines_;
  std::vector<std::uint8_t> data_;
};

}  // namespace neartile::sc_models
