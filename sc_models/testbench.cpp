#include "neartile/sc_models/testbench.h"

#include <fmt/format.h>

#include "neartile/pe/base/error.h"
#include "neartile/router/program_error.h"

namespace neartile::sc_models {
namespace {

const router::ChipConfig& with_room_for(const router::Program& program, const router::ChipConfig& config) {
  const std::uint64_t bytes = HostDriver::memory_bytes(program);
  if (bytes > config.memory.size_MiB << 20) {
    throw InputError("memory/size_MiB", fmt::format("is {} MiB, the program's data need {} MiB",
                                                    config.memory.size_MiB, (bytes >> 20) + 1));
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
}

std::string Testbench::place_of(router::CommandIndex command) const {
  if (command >= program_.commands.size()) return "the program";
  return fmt::format("command {} of layer '{}'", command,
                     program_.layers[program_.commands[command].layer].name);
}

RunResult Testbench::result() const {
  if (host.finished() != images_) {
    const auto code = static_cast<router::ProgramErrorCode>(host.error().code);
    if (code == router::ProgramErrorCode::none) throw InputError("chip", "it stopped without an interrupt");
    throw InputError("chip", fmt::format("{} failed in image {}: {}", place_of(host.error().command),
                                         host.finished(), text_of(code).meaning));
  }
  RunResult result;
  result.outputs = host.outputs();
  result.cycles = Cycles(host.cycles());
  result.fetch_cycles = Cycles(host.fetch_cycles());
  const auto counters = chip.counters();
  for (std::size_t i = 0; i < counters.size(); ++i) {
    result.layers.push_back({program_.layers[i].name, counters[i].cycles, counters[i].toggles});
  }
  result.clock_edges = chip.clock_edges(result.cycles);
  return result;
}

}  // namespace neartile::sc_models
