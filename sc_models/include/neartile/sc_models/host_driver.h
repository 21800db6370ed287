#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "neartile/router/program.h"
#include "neartile/sc_models/driver/neartile_driver.h"

namespace neartile::sc_models {

/// A host that streams images through a chip with the firmware's driver: writes the program, its data and
/// each input to external memory, submits the program, waits for the interrupt, reads the output.
class HostDriver : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<HostDriver, 32> chip{"chip"};
  tlm_utils::simple_initiator_socket<HostDriver, 32> memory{"memory"};
  sc_core::sc_in<bool> irq{"irq"};

  HostDriver(sc_core::sc_module_name name, const router::Program& program,
             std::span<const std::vector<std::uint8_t>> inputs,
             std::function<void(std::size_t)> progress = {});

  const std::vector<std::uint8_t>& outputs() const { return outputs_; }
  /// Of all images: executing the program, and fetching it.
  std::uint64_t cycles() const { return cycles_; }
  std::uint64_t fetch_cycles() const { return fetch_cycles_; }
  /// Images that came back; fewer than were asked for after an error.
  std::size_t finished() const { return finished_; }
  /// What the chip said of the last program; code 0 where that is done, or still under way.
  neartile_error error() const { return error_; }
  /// The driver's hold on the chip, for processes of a simulation.
  const neartile_device& device() const { return device_; }

  /// Bytes of external memory that the program needs with its data: its own are behind them.
  static std::uint64_t memory_bytes(const router::Program& program);

 private:
  void stream_images();
  bool run_images(std::span<const std::vector<std::uint8_t>> images);
  void write_memory(std::uint64_t address, const std::vector<std::uint8_t>& bytes);
  std::uint32_t read_register(std::uint32_t offset);
  void write_register(std::uint32_t offset, std::uint32_t value);
  void wait_for_interrupt();
  void keep_quantum();
  void synchronise();

  const router::Program& program_;
  std::vector<std::uint8_t> program_bytes_;
  std::span<const std::vector<std::uint8_t>> inputs_;
  std::function<void(std::size_t)> progress_;
  neartile_device device_{};
  sc_core::sc_time local_time_;  ///< from now; below the global quantum
  std::vector<std::uint8_t> outputs_;
  std::uint64_t cycles_ = 0, fetch_cycles_ = 0;
  std::size_t finished_ = 0;
  neartile_error error_{};
};

}  // namespace neartile::sc_models
