#pragma once

#include <tlm_utils/simple_initiator_socket.h>
#include <systemc>
#include <tlm>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "neartile/router/program.h"

namespace neartile::sc_models {

/// A host that streams images through a chip: writes weights and each input to external memory, rings the
/// doorbell, waits for the interrupt, fetches the output.
class HostDriver : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<HostDriver, 32> chip{"chip"};
  tlm_utils::simple_initiator_socket<HostDriver, 32> memory{"memory"};
  sc_core::sc_in<bool> irq{"irq"};

  HostDriver(sc_core::sc_module_name name, const router::Program& program,
             std::span<const std::vector<std::uint8_t>> inputs,
             std::function<void(std::size_t)> progress = {});

  const std::vector<std::uint8_t>& outputs() const { return outputs_; }
  std::uint64_t cycles() const { return cycles_; }
  /// Images that came back; fewer than were asked for after an error.
  std::size_t finished() const { return finished_; }
  /// Command that the chip reported as failed, where status() has the error bit.
  std::uint32_t failed_command() const { return failed_command_; }
  std::uint32_t status() const { return status_; }

 private:
  void stream_images();
  bool run_image(const std::vector<std::uint8_t>& input);
  void write_memory(std::uint64_t address, const std::vector<std::uint8_t>& bytes);
  std::uint32_t read_register(std::uint32_t address);
  void write_register(std::uint32_t address, std::uint32_t value);

  const router::Program& program_;
  std::span<const std::vector<std::uint8_t>> inputs_;
  std::function<void(std::size_t)> progress_;
  std::vector<std::uint8_t> outputs_;
  std::uint64_t cycles_ = 0;
  std::size_t finished_ = 0;
  std::uint32_t status_ = 0, failed_command_ = 0;
};

}  // namespace neartile::sc_models
