#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <memory>
#include <span>

#include "memory_port.h"
#include "neartile/router/chip_config.h"
#include "unit.h"

namespace neartile::sc_models {

/// The DMA engines: LOAD from external memory into a buffer, STORE back. An engine takes its next order when
/// the last burst is sent.
class Dma : public Unit {
 public:
  tlm_utils::simple_initiator_socket<Dma, 32> on_chip{"on_chip"};

  Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config);
  MemoryPort& memory() { return *memory_; }

  /// Reads external memory into `bytes` by the first engine, while that has no order, and waits until they
  /// are there; false where memory refused.
  bool fetch(std::uint64_t address, std::span<std::uint8_t> bytes);

 private:
  Execution execute(const WorkOrder& order, std::uint64_t start) override;
  /// One direction and size of a transfer.
  struct Transfer {
    tlm::tlm_command memory_command;
    std::uint64_t memory_address, on_chip_address, bytes;
  };
  Transfer transfer_of(const WorkOrder& order) const;

  router::ChipConfig config_;
  std::unique_ptr<MemoryPort> memory_;
  sc_core::sc_event fetched_;
};

}  // namespace neartile::sc_models
