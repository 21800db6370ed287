#pragma once

#include <systemc>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/hbm2.h"
#include "neartile/sc_models/host_driver.h"
#include "neartile/sc_models/run.h"

namespace neartile::sc_models {

/// A chip with the external memory that its configuration names and a host that streams images through it. It
/// is at work until nothing more happens: sc_start() returns then, and result() tells what came out.
class Testbench : public sc_core::sc_module {
 public:
  /// Throws InputError where the program's data do not fit external memory. `program` and `inputs` must
  /// outlive the testbench.
  Testbench(sc_core::sc_module_name name, const router::Program& program, const router::ChipConfig& config,
            std::span<const std::vector<std::uint8_t>> inputs,
            std::function<void(std::size_t)> progress = {});

  /// Throws InputError where the chip reported an error.
  RunResult result();

  Chip chip;
  std::unique_ptr<sc_core::sc_module> memory;  ///< ExternalMemory or Hbm2
  HostDriver host;

 private:
  std::string place_of(router::CommandIndex command) const;

  const router::Program& program_;
  std::size_t images_;
  Hbm2* hbm2_ = nullptr;  ///< the memory, where it is one
  sc_core::sc_signal<bool> irq_{"irq_line"};
};

}  // namespace neartile::sc_models
