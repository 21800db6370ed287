// Programs from anywhere on a whole chip: each ends, with the right result or a stated error, touches nothing
// outside the buffers, and leaves a chip that works.
#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include <map>
#include <random>

#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/driver/neartile_driver.h"
#include "neartile/sc_models/external_memory.h"
#include "neartile/workloads/executor.h"
#include "sc_models/transactions.h"
#include "support/changed_program.h"
#include "support/damaged_bytes.h"
#include "support/sealed_program.h"
#include "support/small_programs.h"

namespace neartile::sc_models {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A chip, a memory that counts what it refused, and a host that submits whatever it is given.
struct Platform : sc_core::sc_module {
  explicit Platform(sc_core::sc_module_name name) : sc_module(name) {
    registers.bind(chip.host);
    chip.memory.bind(dma_side);
    dma_side.register_b_transport(this, &Platform::count_refusals);
    memory_side.bind(memory.socket);
    host_memory.bind(memory.socket);
    chip.irq.bind(irq);
    device.context = this;
    device.read = [](void* context, std::uint32_t offset) {
      std::uint32_t value = 0;
      sc_core::sc_time delay;
      EXPECT_TRUE(sc_models::read(static_cast<Platform*>(context)->registers, offset, &value, 4, delay));
      return value;
    };
    device.write = [](void* context, std::uint32_t offset, std::uint32_t value) {
      sc_core::sc_time delay;
      EXPECT_TRUE(sc_models::write(static_cast<Platform*>(context)->registers, offset, &value, 4, delay));
    };
    device.pause = [](void* context) {
      sc_core::wait(sc_core::sc_time(1, sc_core::SC_MS),
                    static_cast<Platform*>(context)->irq.posedge_event());
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

  neartile_result execute(Bytes bytes) {
    debug(tlm::TLM_WRITE_COMMAND, program_address, bytes);
    neartile_submit(&device, program_address, static_cast<std::uint32_t>(bytes.size()));
    const neartile_result result = neartile_wait(&device, 1000);
    neartile_acknowledge(&device);
    return result;
  }
  /// Hostile programs may have stored to any place of the memory.
  void write_data() {
    for (router::MemorySegment& segment : program.memory)
      debug(tlm::TLM_WRITE_COMMAND, segment.address, segment.bytes);
    debug(tlm::TLM_WRITE_COMMAND, program.input_address, input);
  }
  Bytes output() {
    Bytes bytes(program.output_bytes);
    debug(tlm::TLM_READ_COMMAND, program.output_address, bytes);
    return bytes;
  }

  static constexpr std::uint64_t program_address = 0x40000;
  tlm_utils::simple_initiator_socket<Platform, 32> registers{"registers"}, memory_side{"memory_side"},
      host_memory{"host_memory"};
  tlm_utils::simple_target_socket<Platform, 32> dma_side{"dma_side"};
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

Bytes expected_output(const Platform& platform) {
  const workloads::QuantisedNetwork network = testing_support::tiny_network();
  std::vector<array::ArrayConfig> arrays;
  for (std::size_t i = 0; i < network.network.nodes.size(); ++i)
    arrays.push_back(platform.config.arrays[i % 2].array);
  return workloads::Executor(network, arrays).run(platform.input).back();
}

/// Damaged bytes with and without the head that they need, and well-formed programs of other commands.
Bytes hostile(const Platform& platform, int turn, std::mt19937_64& random) {
  switch (turn % 4) {
    case 0:
      return testing_support::damaged(platform.good, random);
    case 1:
      return testing_support::sealed(testing_support::damaged(platform.good, random));
    default:
      return encode(testing_support::changed(platform.program, random));
  }
}

void run_hostile_programs(Platform& platform, int programs, unsigned seed) {
  const Bytes expected = expected_output(platform);
  std::mt19937_64 random(seed);
  std::map<std::uint32_t, int> codes;
  for (int turn = 0; turn < programs; ++turn) {
    const Bytes bytes = hostile(platform, turn, random);
    const int refused = platform.refused;
    const neartile_result result = platform.execute(bytes);
    const neartile_error error = neartile_last_error(&platform.device);
    ASSERT_NE(result, NEARTILE_TIMEOUT) << turn;
    ASSERT_EQ(result == NEARTILE_FAILED, error.code != NEARTILE_ERROR_CODE_NONE) << turn;
    ++codes[error.code];
    // A checked program's commands are refused nothing but by the memory outside.
    if (error.code == NEARTILE_ERROR_CODE_ACCESS) ASSERT_GT(platform.refused, refused) << turn;
    if (turn % 4 == 0 && bytes != platform.good) ASSERT_EQ(result, NEARTILE_FAILED) << turn;
    if (turn % 50 != 49) continue;
    platform.write_data();
    ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK) << turn;
    ASSERT_EQ(platform.output(), expected) << turn;
  }
  EXPECT_GT(codes[NEARTILE_ERROR_CODE_NONE], programs / 20) << "some ran";
  EXPECT_GT(codes[NEARTILE_ERROR_CODE_ACCESS], 0) << "some left the memory";
  EXPECT_GT(codes[NEARTILE_ERROR_CODE_CHECKSUM], programs / 10);
  EXPECT_GT(codes.size(), 10u) << "errors of many sorts";
}

void run_in_a_simulation(int programs, unsigned seed) {
  Platform platform("platform");
  bool finished = false;
  sc_core::sc_spawn([&] {
    ASSERT_EQ(neartile_probe(&platform.device, nullptr), NEARTILE_OK);
    run_hostile_programs(platform, programs, seed);
    finished = true;
  });
  sc_core::sc_start();
  EXPECT_TRUE(finished);
}

TEST(ControllerHostile, ProgramsEndWellOrWithAStatedError) {
  run_in_a_simulation(2000, 1);
}

TEST(LongControllerHostile, ProgramsEndWellOrWithAStatedError) {
  run_in_a_simulation(100'000, 2);
}

}  // namespace
}  // namespace neartile::sc_models
