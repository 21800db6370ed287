#include "neartile/sc_models/testbench.h"

#include <fmt/format.h>

#include <utility>

#include "neartile/pe/base/error.h"
#include "neartile/router/program_error.h"
#include "neartile/sc_models/external_memory.h"

namespace neartile::sc_models {
namespace {

const router::ChipConfig& with_room_for(const router::Program& program, const router::ChipConfig& config) {
  const std::uint64_t bytes = HostDriver::memory_bytes(program), room = memory::size_bytes(config.memory);
  if (bytes > room) {
    throw InputError(
        "memory", fmt::format("has {} MiB, the program's data need {} MiB", room >> 20, (bytes >> 20) + 1));
  }
  return config;
}

}  // namespace

Testbench::Testbench(sc_core::sc_module_name name, const router::Program& program,
                     const router::ChipConfig& config, std::span<const std::vector<std::uint8_t>> inputs,
                     std::function<void(std::size_t)> progress)
    : sc_module(name),
      chip("chip", with_room_for(program, config)),
      host("host", program, inputs, std::move(progress)),
      program_(program),
      images_(inputs.size()) {
  host.chip.bind(chip.host);
  host.irq.bind(irq_);
  chip.irq.bind(irq_);
  const auto bind = [this](auto target) {
    chip.memory.bind(target->socket);
    host.memory.bind(target->socket);
    memory = std::move(target);
  };
  if (config.memory.kind == memory::MemoryKind::hbm2) {
    auto target = std::make_unique<Hbm2>("memory", config.memory.hbm2);
    hbm2_ = target.get();
    bind(std::move(target));
  } else {
    bind(std::make_unique<ExternalMemory>("memory", config.memory));
  }
}

std::string Testbench::place_of(router::CommandIndex command) const {
  if (command >= program_.commands.size()) return "the program";
  return fmt::format("command {} of layer '{}'", command,
                     program_.layers[program_.commands[command].layer].name);
}

RunResult Testbench::result() {
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
    result.layers.push_back(
        {program_.layers[i].name, counters[i].cycles, counters[i].toggles, counters[i].arrays, {}});
  }
  result.clock_edges = chip.clock_edges(result.cycles);
  const std::uint64_t executions = images_ / program_.images;
  for (const auto& command : program_.commands)
    result.layers[command.layer].memory += Bytes(memory_bytes(command)) * executions;
  result.buffers = chip.buffers();
  if (hbm2_) result.channels = hbm2_->counts();
  return result;
}

}  // namespace neartile::sc_models
