#include "neartile/sc_models/run.h"

#include <systemc>

#include "neartile/sc_models/testbench.h"

namespace neartile::sc_models {

RunResult run(const router::Program& program, const router::ChipConfig& config,
              std::span<const std::vector<std::uint8_t>> inputs,
              const std::function<void(std::size_t)>& progress) {
  Testbench testbench("testbench", program, config, inputs, progress);
  sc_core::sc_start();
  return testbench.result();
}

}  // namespace neartile::sc_models
