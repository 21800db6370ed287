#pragma once

#include <systemc>
#include <tlm>

#include <functional>
#include <memory>

#include "neartile/memory/hbm2_config.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/program.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/external_memory.h"
#include "neartile/sc_models/hbm2.h"
#include "platform/bus.h"
#include "platform/interrupt_controller.h"
#include "platform/processor.h"

namespace neartile::platform {

enum class MemoryKind { simple, hbm2 };

struct PlatformConfig {
  router::ChipConfig chip;  ///< complete; its dma says how the chip reaches memory
  MemoryKind memory = MemoryKind::simple;
  memory::Hbm2Config hbm2;
  bool processor_dmi = false;
};

/// A module that stands between an initiator and a target.
struct Link {
  tlm::tlm_target_socket<32>* upstream;
  tlm::tlm_initiator_socket<32>* downstream;
};
/// Makes the link of a named connection.
using MakeLink = std::function<Link(const char* name)>;

/// A whole system: a processor with its firmware, a bus each for processor and DMA, an interrupt controller,
/// memory, and the chip. firmware/map.h has the addresses.
class Platform : public sc_core::sc_module {
 public:
  Platform(sc_core::sc_module_name name, const PlatformConfig& config, std::function<int()> firmware,
           const MakeLink& make_link = {});

  /// Bytes that are in memory when the simulation starts, `offset` from memory's start; sc_start() throws
  /// InputError where there is no room for them.
  void preload(std::uint64_t offset, std::vector<std::uint8_t> bytes) {
    preloaded_.push_back({offset, std::move(bytes)});
  }
  /// Reads memory without taking time, once the simulation has started. Throws InputError where there is no
  /// such place.
  std::vector<std::uint8_t> peek(std::uint64_t offset, std::uint64_t bytes);

  Processor processor;
  Bus processor_bus, dma_bus;
  InterruptController interrupts;
  Chip npu;

 private:
  void start_of_simulation() override;
  std::uint64_t debug(tlm::tlm_command command, std::uint64_t offset, std::vector<std::uint8_t>& bytes);

  std::vector<router::MemorySegment> preloaded_;
  std::unique_ptr<sc_models::ExternalMemory> simple_memory_;
  std::unique_ptr<sc_models::Hbm2> hbm2_;
  sc_core::sc_signal<bool> npu_line_{"npu_line"}, processor_line_{"processor_line"};
};

}  // namespace neartile::platform
