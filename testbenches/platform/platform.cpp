#include "platform/platform.h"

#include <fmt/format.h>

#include "neartile/pe/base/error.h"
#include "platform/firmware/map.h"

namespace neartile::platform {
namespace {

constexpr std::uint64_t npu_bytes = 0x10000000;

std::uint64_t memory_bytes(const PlatformConfig& config) {
  return config.memory == MemoryKind::hbm2 ? size_bytes(config.hbm2) : config.chip.memory.size_MiB << 20;
}

Bus::Window memory_window(const PlatformConfig& config) {
  return {PLATFORM_MEMORY, memory_bytes(config)};
}

}  // namespace

Platform::Platform(sc_core::sc_module_name name, const PlatformConfig& config, std::function<int()> firmware,
                   const MakeLink& make_link)
    : sc_module(name),
      processor("processor", config.processor_dmi, std::move(firmware)),
      processor_bus("processor_bus", {{PLATFORM_INTERRUPTS, InterruptController::bytes},
                                      {PLATFORM_NPU, npu_bytes},
                                      memory_window(config)}),
      dma_bus("dma_bus", {memory_window(config)}),
      interrupts("interrupts", 1),
      npu("npu", config.chip) {
  const auto connect = [&](const char* link_name, auto& initiator, auto& target) {
    if (!make_link) return initiator.bind(target);
    const Link link = make_link(link_name);
    initiator.bind(*link.upstream);
    link.downstream->bind(target);
  };
  const auto connect_memory = [&](auto& memory) {
    connect("processor_memory", processor_bus.targets, memory.socket);
    connect("dma_memory", dma_bus.targets, memory.socket);
  };
  connect("processor_bus", processor.bus, processor_bus.initiator);
  connect("dma_bus", npu.memory, dma_bus.initiator);
  connect("interrupt_registers", processor_bus.targets, interrupts.registers);
  connect("npu_host", processor_bus.targets, npu.host);
  if (config.memory == MemoryKind::hbm2) {
    hbm2_ = std::make_unique<sc_models::Hbm2>("hbm2", config.hbm2);
    connect_memory(*hbm2_);
  } else {
    simple_memory_ = std::make_unique<sc_models::ExternalMemory>("memory", config.chip.memory);
    connect_memory(*simple_memory_);
  }
  npu.irq.bind(npu_line_);
  interrupts.lines[PLATFORM_NPU_LINE].bind(npu_line_);
  interrupts.interrupt.bind(processor_line_);
  processor.interrupt.bind(processor_line_);
}

void Platform::start_of_simulation() {
  for (auto& [offset, bytes] : preloaded_) {
    if (debug(tlm::TLM_WRITE_COMMAND, offset, bytes) != bytes.size())
      throw InputError("memory", fmt::format("has no room for {} bytes at {}", bytes.size(), offset));
  }
  preloaded_.clear();
}

std::vector<std::uint8_t> Platform::peek(std::uint64_t offset, std::uint64_t bytes) {
  std::vector<std::uint8_t> data(bytes);
  if (debug(tlm::TLM_READ_COMMAND, offset, data) != bytes)
    throw InputError("memory", fmt::format("has no {} bytes at {}", bytes, offset));
  return data;
}

std::uint64_t Platform::debug(tlm::tlm_command command, std::uint64_t offset,
                              std::vector<std::uint8_t>& bytes) {
  tlm::tlm_generic_payload payload;
  payload.set_command(command);
  payload.set_address(PLATFORM_MEMORY + offset);
  payload.set_data_ptr(bytes.data());
  payload.set_data_length(static_cast<unsigned>(bytes.size()));
  payload.set_streaming_width(payload.get_data_length());
  return processor.bus->transport_dbg(payload);
}

}  // namespace neartile::platform
