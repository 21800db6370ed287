#include "neartile/sc_models/driver/neartile_registers.h"

#include <tlm_utils/simple_initiator_socket.h>

#include "neartile/router/compiler.h"
#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/external_memory.h"
#include "sc_models/transactions.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

/// A chip with a loaded program of two layers, and a socket to its registers.
struct Platform : sc_core::sc_module {
  explicit Platform(sc_core::sc_module_name name) : sc_module(name) {
    host.bind(chip.host);
    chip.memory.bind(memory.socket);
    chip.irq.bind(irq);
    host_memory.bind(memory.socket);
  }

  void start_of_simulation() override {
    std::vector<std::uint8_t> bytes = encode(program);
    tlm::tlm_generic_payload payload;
    prepare(payload, tlm::TLM_WRITE_COMMAND, program_address, bytes.data(), bytes.size());
    host_memory->transport_dbg(payload);
    program_bytes = static_cast<std::uint32_t>(bytes.size());
  }

  /// Names the program, and rings.
  tlm::tlm_response_status start() {
    EXPECT_EQ(write(NEARTILE_QUEUE_BASE_LOW, program_address), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(write(NEARTILE_QUEUE_SIZE, program_bytes), tlm::TLM_OK_RESPONSE);
    return write(NEARTILE_DOORBELL, NEARTILE_DOORBELL_START);
  }

  static router::ChipConfig config_of_two_groups() {
    router::ChipConfig chip;
    router::GroupConfig group;
    group.array.rows = group.array.columns = 8;
    chip.arrays = {group, group, group};
    chip.arrays[1].array.pe.multiplier = "truncated(4)";
    chip.arrays[2].array.pe.multiplier = "truncated(6)";
    chip.arrays[2].array.rows = 16;
    chip.unified_buffer_KiB = 64;
    complete(chip, "test");
    return chip;
  }
  static workloads::QuantisedNetwork two_layers() {
    testing_support::NetworkBuilder net({4, 5, 5}, 1);
    net.fully_connected(net.convolution(0, 6, testing_support::window(3)), 4);
    return net.quantise();
  }

  tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, std::uint32_t& value,
                                  unsigned bytes = 4, bool byte_enables = false) {
    tlm::tlm_generic_payload payload;
    unsigned char enables[4] = {0xff, 0xff, 0xff, 0xff};
    std::uint64_t storage = value;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&storage));
    payload.set_data_length(bytes);
    payload.set_streaming_width(bytes);
    payload.set_byte_enable_ptr(byte_enables ? enables : nullptr);
    payload.set_byte_enable_length(byte_enables ? 4 : 0);
    sc_core::sc_time delay(7, sc_core::SC_NS);
    host->b_transport(payload, delay);
    EXPECT_GE(delay, sc_core::sc_time(7, sc_core::SC_NS));
    value = static_cast<std::uint32_t>(storage);
    return payload.get_response_status();
  }
  std::uint32_t read(std::uint32_t address) {
    std::uint32_t value = 0;
    EXPECT_EQ(access(tlm::TLM_READ_COMMAND, address, value), tlm::TLM_OK_RESPONSE) << address;
    return value;
  }
  tlm::tlm_response_status write(std::uint32_t address, std::uint32_t value) {
    return access(tlm::TLM_WRITE_COMMAND, address, value);
  }

  static constexpr std::uint32_t program_address = 1 << 20;
  tlm_utils::simple_initiator_socket<Platform, 32> host{"host"}, host_memory{"host_memory"};
  router::ChipConfig config = config_of_two_groups();
  workloads::QuantisedNetwork network = two_layers();
  router::Program program = compile(network, {0, 0}, config);
  Chip chip{"chip", config};
  ExternalMemory memory{"memory", config.memory};
  sc_core::sc_signal<bool> irq{"irq"};
  std::uint32_t program_bytes = 0;
};

TEST(Registers, EachMalformedAccessGetsItsResponse) {
  Platform platform("platform");
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  std::uint32_t value = 0;
  EXPECT_EQ(platform.access(tlm::TLM_READ_COMMAND, NEARTILE_STATUS, value, 2), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(platform.access(tlm::TLM_READ_COMMAND, NEARTILE_STATUS, value, 8), tlm::TLM_BURST_ERROR_RESPONSE);
  EXPECT_EQ(platform.access(tlm::TLM_READ_COMMAND, NEARTILE_STATUS + 1, value),
            tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(platform.access(tlm::TLM_READ_COMMAND, 0x7f0, value), tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(platform.access(tlm::TLM_READ_COMMAND, std::uint64_t{1} << 32, value),
            tlm::TLM_ADDRESS_ERROR_RESPONSE);
  EXPECT_EQ(platform.access(tlm::TLM_READ_COMMAND, NEARTILE_STATUS, value, 4, true),
            tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  EXPECT_EQ(platform.write(NEARTILE_IDENTIFICATION, 1), tlm::TLM_COMMAND_ERROR_RESPONSE);
}

TEST(Registers, TheDoorbellExecutesTheProgramAndRaisesTheInterrupt) {
  Platform platform("platform");
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  EXPECT_EQ(platform.write(NEARTILE_INTERRUPT_ENABLE, NEARTILE_STATUS_DONE), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.start(), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_BUSY);
  sc_core::sc_start();
  EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_DONE);
  EXPECT_TRUE(platform.irq.read());
  EXPECT_GT(platform.read(NEARTILE_CYCLES_LOW), 100u);
  EXPECT_EQ(platform.write(NEARTILE_INTERRUPT_STATUS, NEARTILE_STATUS_DONE), tlm::TLM_OK_RESPONSE);
  sc_core::sc_start();
  EXPECT_FALSE(platform.irq.read());
}

TEST(Registers, TheRoutingTableSendsALayerToAnotherGroupOfEqualShape) {
  Platform platform("platform");
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  EXPECT_EQ(platform.read(NEARTILE_ROUTE(1)), NEARTILE_ROUTE_OF_PROGRAM);
  EXPECT_EQ(platform.write(NEARTILE_ROUTE(1), 3), tlm::TLM_GENERIC_ERROR_RESPONSE)
      << "there is no such group";
  EXPECT_EQ(platform.write(NEARTILE_ROUTE(1), 1), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.start(), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.write(NEARTILE_ROUTE(1), 0), tlm::TLM_GENERIC_ERROR_RESPONSE) << "the chip is busy";
  EXPECT_EQ(platform.write(NEARTILE_DOORBELL, 1), tlm::TLM_GENERIC_ERROR_RESPONSE) << "the chip is busy";
  sc_core::sc_start();
  EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_DONE);
  EXPECT_GT(platform.read(NEARTILE_ARRAY_BUSY_CYCLES_LOW(0)), 10u);
  EXPECT_GT(platform.read(NEARTILE_ARRAY_BUSY_CYCLES_LOW(1)), 10u);
  EXPECT_EQ(platform.read(NEARTILE_ARRAY_BUSY_CYCLES_LOW(2)), 0u);
  EXPECT_EQ(platform.read(NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(1)),
            platform.read(NEARTILE_LAYER_PRODUCT_TOGGLES_LOW(1)));
  EXPECT_GT(platform.read(NEARTILE_LAYER_CYCLES_LOW(1)), 10u);
}

TEST(Registers, ARouteToArraysOfAnotherShapeStopsTheProgram) {
  Platform platform("platform");
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  EXPECT_EQ(platform.write(NEARTILE_ROUTE(1), 2), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.start(), tlm::TLM_OK_RESPONSE);
  sc_core::sc_start();
  EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_ERROR);
  EXPECT_EQ(platform.read(NEARTILE_ERROR_CODE), NEARTILE_ERROR_CODE_ROUTE);
  EXPECT_EQ(platform.read(NEARTILE_ERROR_COMMAND), NEARTILE_ERROR_COMMAND_NONE);
}

TEST(Registers, CountersAndRegistersStartAnew) {
  Platform platform("platform");
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  platform.start();
  sc_core::sc_start();
  EXPECT_GT(platform.read(NEARTILE_LAYER_CYCLES_LOW(0)), 0u);
  EXPECT_EQ(platform.write(NEARTILE_CONTROL, NEARTILE_CONTROL_CLEAR_COUNTERS), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.read(NEARTILE_LAYER_CYCLES_LOW(0)), 0u);
  EXPECT_EQ(platform.read(NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(0)), 0u);
  EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_DONE);
  EXPECT_EQ(platform.write(NEARTILE_CONTROL, NEARTILE_CONTROL_RESET), tlm::TLM_OK_RESPONSE);
  EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_BUSY);
  sc_core::sc_start();
  EXPECT_EQ(platform.read(NEARTILE_STATUS), 0u);
  EXPECT_EQ(platform.read(NEARTILE_CYCLES_LOW), 0u);
}

}  // namespace
}  // namespace neartile::sc_models
