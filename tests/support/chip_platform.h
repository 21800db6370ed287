#pragma once

#include <functional>
#include <random>
#include <string_view>
#include <vector>

#include "neartile/router/compiler.h"
#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/driver/neartile_registers.h"
#include "neartile/sc_models/hbm2.h"
#include "neartile/sc_models/host_driver.h"
#include "support/at_initiator.h"
#include "support/protocol_checker.h"

namespace neartile::testing_support {

/// A chip of two small arrays that needs several chunks a layer.
inline router::ChipConfig small_chip() {
  router::ChipConfig chip;
  chip.arrays[0].count = 2;
  chip.arrays[0].array.rows = 16;
  chip.arrays[0].array.columns = 8;
  chip.unified_buffer_KiB = 256;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  chip.dma.burst_bytes = 64;  // several bursts a transfer
  complete(chip, "test");
  return chip;
}

/// "lt", "lt+dmi", "at": how the chip reaches memory.
inline router::ChipConfig style_of(router::ChipConfig chip, std::string_view style) {
  chip.dma.transport = style == "at" ? memory::DmaTransport::at : memory::DmaTransport::lt;
  chip.dma.dmi = style == "lt+dmi";
  return chip;
}

inline std::vector<std::vector<std::uint8_t>> random_inputs(const router::Program& program,
                                                            std::size_t images) {
  std::mt19937 random(3);
  std::vector<std::vector<std::uint8_t>> inputs(images, std::vector<std::uint8_t>(program.input_bytes));
  for (auto& input : inputs) {
    for (auto& q : input) q = static_cast<std::uint8_t>(60 + random() % 80);
  }
  return inputs;
}

/// A chip with HBM2 and a host that streams images through it; a checker on each socket of the chip.
struct ChipPlatform : sc_core::sc_module {
  ChipPlatform(sc_core::sc_module_name name, const router::Program& program, const router::ChipConfig& config,
               const std::vector<std::vector<std::uint8_t>>& inputs)
      : sc_module(name), chip("chip", config), host("host", program, inputs) {
    host.chip.bind(host_checker.upstream);
    host_checker.downstream.bind(chip.host);
    chip.memory.bind(memory_checker.upstream);
    memory_checker.downstream.bind(memory.socket);
    host.memory.bind(memory.socket);
    host.irq.bind(irq);
    chip.irq.bind(irq);
    chip.reset.bind(reset);
  }

  sc_core::sc_signal<bool> irq{"irq_line"}, reset{"reset_line"};
  sc_models::Chip chip;
  sc_models::Hbm2 memory{"hbm2", {}};
  ProtocolChecker host_checker{"host_checker"}, memory_checker{"memory_checker"};
  sc_models::HostDriver host;
};

/// A chip with HBM2 whose host is `work`, a thread that calls the functions below.
struct BareChip : sc_core::sc_module {
  BareChip(sc_core::sc_module_name name, const router::Program& loaded, const router::ChipConfig& config)
      : sc_module(name), program(loaded), chip("chip", config) {
    host.socket.bind(host_checker.upstream);
    host_checker.downstream.bind(chip.host);
    chip.memory.bind(memory_checker.upstream);
    memory_checker.downstream.bind(memory.socket);
    loader.socket.bind(memory.socket);
    chip.irq.bind(irq);
    chip.reset.bind(reset);
    for (const router::MemorySegment& segment : program.memory) to_load.push_back(segment);
    to_load.push_back({program.input_address, random_inputs(program, 1).front()});
    to_load.push_back({data_end(program), encode(program)});
    SC_HAS_PROCESS(BareChip);
    SC_THREAD(run_work);
  }

  tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, std::uint32_t& value) {
    tlm::tlm_generic_payload& payload = host.pool.allocate();
    payload.acquire();
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    payload.set_byte_enable_ptr(nullptr);
    payload.set_dmi_allowed(false);
    payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    if (four_phases) {
      host.send(payload);
      host.drain();
    } else {
      sc_core::sc_time delay = ahead;
      host.socket->b_transport(payload, delay);
      if (ahead == sc_core::SC_ZERO_TIME) wait(delay);
    }
    const tlm::tlm_response_status status = payload.get_response_status();
    payload.release();
    return status;
  }
  std::uint32_t read(std::uint64_t address) {
    std::uint32_t value = 0;
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, address, value), tlm::TLM_OK_RESPONSE);
    return value;
  }
  tlm::tlm_response_status write(std::uint64_t address, std::uint32_t value) {
    return access(tlm::TLM_WRITE_COMMAND, address, value);
  }

  /// Starts the program.
  void submit() {
    write(NEARTILE_INTERRUPT_ENABLE, NEARTILE_STATUS_DONE | NEARTILE_STATUS_ERROR);
    EXPECT_EQ(write(NEARTILE_QUEUE_BASE_LOW, static_cast<std::uint32_t>(data_end(program))),
              tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(write(NEARTILE_QUEUE_SIZE, static_cast<std::uint32_t>(to_load.back().bytes.size())),
              tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(write(NEARTILE_DOORBELL, NEARTILE_DOORBELL_START), tlm::TLM_OK_RESPONSE);
  }
  /// One execution from the doorbell to the cleared interrupt.
  void run() {
    move_by_debug(tlm::TLM_WRITE_COMMAND, program.output_address,
                  std::vector<std::uint8_t>(program.output_bytes));
    submit();
    if (!irq.read()) wait(irq.posedge_event());
    EXPECT_EQ(read(NEARTILE_STATUS), NEARTILE_STATUS_DONE);
    write(NEARTILE_INTERRUPT_STATUS, NEARTILE_STATUS_DONE);
    if (irq.read()) wait(irq.negedge_event());
  }
  std::vector<std::uint8_t> output() {
    return move_by_debug(tlm::TLM_READ_COMMAND, program.output_address,
                         std::vector<std::uint8_t>(program.output_bytes));
  }
  std::vector<std::uint8_t> move_by_debug(tlm::tlm_command command, std::uint64_t address,
                                          std::vector<std::uint8_t> bytes) {
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(bytes.data());
    payload.set_data_length(static_cast<unsigned>(bytes.size()));
    EXPECT_EQ(loader.socket->transport_dbg(payload), bytes.size());
    return bytes;
  }
  void run_work() {
    for (const auto& segment : to_load) move_by_debug(tlm::TLM_WRITE_COMMAND, segment.address, segment.bytes);
    if (work) work();
    finished = true;
  }

  const router::Program& program;
  std::vector<router::MemorySegment> to_load;
  std::function<void()> work;
  bool finished = false;     ///< `work` has returned
  bool four_phases = false;  ///< how the host reaches the chip
  sc_core::sc_time ahead;    ///< the host's local time in blocking calls; then nothing waits
  sc_core::sc_signal<bool, sc_core::SC_MANY_WRITERS> reset{"reset_line"};
  sc_core::sc_signal<bool> irq{"irq_line"};
  sc_models::Chip chip;
  sc_models::Hbm2 memory{"hbm2", {}};
  ProtocolChecker host_checker{"host_checker"}, memory_checker{"memory_checker"};
  AtInitiator host{"host", 8}, loader{"loader", 1};
};

}  // namespace neartile::testing_support
