#include "neartile/sc_models/run.h"

#include <systemc>

#include "neartile/sc_models/testbench.h"

namespace neartile::sc_models {

RunResult run(const router::Program& program, const router::ChipConfig& config,
              std::span<const std::vector<std::uint8_t>> inputs,
              const std::function<void(std::size_t)>& progress, const ExecutionObserver& observer) {
  Testbench testbench("testbench", program, config, inputs, progress);
  // Of the chip's own program, decoded from bytes, layers have no names.
  if (observer)
    testbench.chip.observe(
        [&](const router::Program&, const ExecutionTimes& times) { observer(program, times); });
  sc_core::sc_start();
  return testbench.result();
}

}  // namespace neartile::sc_models
