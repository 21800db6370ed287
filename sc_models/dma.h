#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <vector>

#include "neartile/memory/dma_config.h"
#include "neartile/router/chip_config.h"
#include "unit.h"

namespace neartile::sc_models {

/// The DMA engines: LOAD from external memory into a buffer, STORE back, in bursts of which several are
/// in flight. The controller gives each engine one command at a time.
class Dma : public Unit {
 public:
  tlm_utils::simple_initiator_socket<Dma, 32> memory{"memory"};
  tlm_utils::simple_initiator_socket<Dma, 32> on_chip{"on_chip"};

  Dma(sc_core::sc_module_name name, const Clock& clock, const router::ChipConfig& config);

 private:
  std::uint64_t execute(const WorkOrder& order, std::uint64_t start) override;
  std::uint64_t transfer(tlm::tlm_command memory_command, std::uint64_t memory_address,
                         std::uint64_t on_chip_address, std::uint64_t bytes, std::uint64_t start);

  router::ChipConfig config_;
  std::vector<std::uint8_t> data_;
};

}  // namespace neartile::sc_models
