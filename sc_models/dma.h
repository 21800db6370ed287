#pragma once

#include <tlm_utils/simple_initiator_socket.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

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
  /// Rows that go one way, with what the buffer gets round them.
  struct Transfer {
    tlm::tlm_command memory_command = tlm::TLM_READ_COMMAND;
    std::uint64_t on_chip_address = 0;
    std::uint64_t rows_in_buffer = 1, buffer_row_bytes = 0, buffer_stride = 0;  ///< padding included
    std::uint64_t first_row = 0, first_byte = 0;                                ///< behind the padding
    std::uint64_t memory_address = 0, rows = 1, row_bytes = 0, memory_stride = 0;
    std::uint8_t pad_pattern = 0;

    std::uint64_t bytes_in_buffer() const { return (rows_in_buffer - 1) * buffer_stride + buffer_row_bytes; }
    std::uint64_t place_of_row(std::uint64_t row) const {
      return (first_row + row) * buffer_stride + first_byte;
    }
  };
  /// When the buffer's words are wanted.
  struct Pace {
    std::uint64_t start = 0, cycles = 0;
  };
  bool access_buffer(const Transfer& transfer, bool load, std::vector<std::uint8_t>& data, const Pace& pace,
                     std::uint64_t& late_cycles);
  Transfer transfer_of(const WorkOrder& order) const;

  router::ChipConfig config_;
  std::unique_ptr<MemoryPort> memory_;
  sc_core::sc_event fetched_;
};

}  // namespace neartile::sc_models
