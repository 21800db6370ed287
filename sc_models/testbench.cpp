#include "neartile/sc_models/testbench.h"

#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/sc_models/driver/neartile_registers.h"

namespace neartile::sc_models {
namespace {

std::uint64_t memory_end(const router::Program& program) {
  std::uint64_t end =
      std::max(program.input_address + program.input_bytes, program.output_address + program.output_bytes);
  for (const auto& segment : program.memory) {
    end = std::max<std::uint64_t>(end, segment.address + segment.bytes.size());
  }
  return end;
}

const router::ChipConfig& with_room_for(const router::Program& program, const router::ChipConfig& config) {
  if (memory_end(program) > config.memory.size_MiB << 20) {
    throw InputError("memory/size_MiB", fmt::format("is {} MiB, the program's data need {} MiB",
                                                    config.memory.size_MiB, (memory_end(program) >> 20) + 1));
  }
  return config;
}

}  // namespace

Testbench::Testbench(sc_core::sc_module_name name, const router::Program& program,
                     const router::ChipConfig& config, std::span<const std::vector<std::uint8_t>> inputs,
                     std::function<void(std::size_t)> progress)
    : sc_module(name),
      chip("chip", with_room_for(program, config)),
      memory("memory", config.memory),
      host("host", program, inputs, std::move(progress)),
      program_(program),
      images_(inputs.size()) {
  host.chip.bind(chip.host);
  host.memory.bind(memory.socket);
  host.irq.bind(irq_);
  chip.irq.bind(irq_);
  chip.memory.bind(memory.socket);
  chip.load(program);
}

RunResult Testbench::result() const {
  if (host.finished() != images_) {
    if ((host.status() & NEARTILE_STATUS_ERROR) == 0)
      throw InputError("chip", "it stopped without an interrupt");
    const auto& command = program_.commands[host.failed_command()];
    throw InputError("chip", fmt::format("command {} of layer '{}' failed in image {}", host.failed_command(),
                                         program_.layers[command.layer].name, host.finished()));
  }
  RunResult result;
  result.outputs = host.outputs();
  result.cycles = Cycles(host.cycles());
  const auto counters = chip.counters();
  for (std::size_t i = 0; i < counters.size(); ++i) {
    result.layers.push_back({program_.layers[i].name, counters[i].cycles, counters[i].toggles});
  }
  result.clock_edges = chip.clock_edges(result.cycles);
  return result;
}

}  // namespace neartile::sc_models
