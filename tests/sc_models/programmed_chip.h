#pragma once

#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include <vector>

#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/driver/neartile_driver.h"
#include "neartile/sc_models/external_memory.h"
#include "neartile/workloads/executor.h"
#include "sc_models/transactions.h"
#include "support/small_programs.h"

namespace neartile::sc_models {

using Bytes = std::vector<std::uint8_t>;

/// A chip, a memory that counts what it refused, and a host that submits whatever it is given.
struct ProgrammedChip : sc_core::sc_module {
  explicit ProgrammedChip(sc_core::sc_module_name name) : sc_module(name) {
    registers.bind(chip.host);
    chip.memory.bind(dma_side);
    dma_side.register_b_transport(this, &ProgrammedChip::count_refusals);
    memory_side.bind(memory.socket);
    host_memory.bind(memory.socket);
    chip.irq.bind(irq);
    device.context = this;
    device.read = [](void* context, std::uint32_t offset) {
      std::uint32_t value = 0;
      sc_core::sc_time delay;
      EXPECT_TRUE(
          sc_models::read(static_cast<ProgrammedChip*>(context)->registers, offset, &value, 4, delay));
      sc_core::wait(delay);
      return value;
    };
    device.write = [](void* context, std::uint32_t offset, std::uint32_t value) {
      sc_core::sc_time delay;
      EXPECT_TRUE(
          sc_models::write(static_cast<ProgrammedChip*>(context)->registers, offset, &value, 4, delay));
      sc_core::wait(delay);
    };
    device.pause = [](void* context) {
      sc_core::wait(sc_core::sc_time(1, sc_core::SC_MS),
                    static_cast<ProgrammedChip*>(context)->irq.posedge_event());
    };
  }

  void count_refusals(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    memory_side->b_transport(payload, delay);
    if (!payload.is_response_ok()) ++refused;
  }
  void debug(tlm::tlm_command command, std::uint64_t address, Bytes& bytes) {
    tlm::tlm_generic_payload payload;
    prepare(payload, command, address, bytes.data(), bytes.size());
    EXPECT_EQ(host_memory->transport_dbg(payload), bytes.size());
  }

  neartile_result submit(Bytes bytes) {
    debug(tlm::TLM_WRITE_COMMAND, program_address, bytes);
    return neartile_submit(&device, program_address, static_cast<std::uint32_t>(bytes.size()));
  }
  neartile_result execute(const Bytes& bytes) {
    submit(bytes);
    const neartile_result result = neartile_wait(&device, 1000);
    neartile_acknowledge(&device);
    return result;
  }
  /// The program's data; a hostile program may have stored to any place of the memory.
  void write_data(std::uint64_t base = 0) {
    for (router::MemorySegment& segment : program.memory)
      debug(tlm::TLM_WRITE_COMMAND, base + segment.address, segment.bytes);
    debug(tlm::TLM_WRITE_COMMAND, base + program.input_address, input);
  }
  Bytes output(std::uint64_t base = 0) {
    Bytes bytes(program.output_bytes);
    debug(tlm::TLM_READ_COMMAND, base + program.output_address, bytes);
    return bytes;
  }

  static constexpr std::uint64_t program_address = 0x40000;
  tlm_utils::simple_initiator_socket<ProgrammedChip, 32> registers{"registers"}, memory_side{"memory_side"},
      host_memory{"host_memory"};
  tlm_utils::simple_target_socket<ProgrammedChip, 32> dma_side{"dma_side"};
  router::ChipConfig config = testing_support::tiny_chip();
  Chip chip{"chip", config};
  ExternalMemory memory{"memory", config.memory};
  sc_core::sc_signal<bool> irq{"irq"};
  neartile_device device{};
  int refused = 0;
  router::Program program = testing_support::tiny_program();
  Bytes good = encode(program);
  Bytes input = testing_support::random_patterns(program.input_bytes, 1);
};

inline Bytes expected_output(const ProgrammedChip& platform) {
  const workloads::QuantisedNetwork network = testing_support::tiny_network();
  std::vector<array::ArrayConfig> arrays;
  for (std::size_t i = 0; i < network.network.nodes.size(); ++i)
    arrays.push_back(platform.config.arrays[i % 2].array);
  return workloads::Executor(network, arrays).run(platform.input).back();
}

/// Runs `body` as the host's process.
template <class Body>
void simulate(Body body) {
  ProgrammedChip platform("platform");
  bool finished = false;
  sc_core::sc_spawn([&] {
    body(platform);
    finished = true;
  });
  sc_core::sc_start();
  EXPECT_TRUE(finished);
}

}  // namespace neartile::sc_models
