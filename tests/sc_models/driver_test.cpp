#include "sc_models/programmed_chip.h"

namespace neartile::sc_models {
namespace {

TEST(Driver, TellsWhatTheChipIs) {
  simulate([](ProgrammedChip& platform) {
    neartile_capabilities is{};
    ASSERT_EQ(neartile_probe(&platform.device, &is), NEARTILE_OK);
    EXPECT_EQ(is.arrays, 4u);
    EXPECT_EQ(is.groups, 2u);
    EXPECT_EQ(is.unified_buffer_KiB, 4u);
    EXPECT_EQ(is.accumulator_vectors, 24u);
    neartile_group group{};
    ASSERT_EQ(neartile_read_group(&platform.device, 1, &group), NEARTILE_OK);
    EXPECT_EQ(group.count, 2u);
    EXPECT_EQ(group.rows, 4u);
    EXPECT_EQ(group.type & NEARTILE_GROUP_TYPE_EXACT, 0u);
    EXPECT_EQ(neartile_read_group(&platform.device, 2, &group), NEARTILE_REFUSED);
  });
}

TEST(Driver, FindsNoChipWhereThereIsNone) {
  neartile_device nothing{};
  nothing.read = [](void*, std::uint32_t) { return 0u; };
  EXPECT_EQ(neartile_probe(&nothing, nullptr), NEARTILE_NO_CHIP);
  nothing.read = [](void*, std::uint32_t offset) {
    return offset == NEARTILE_IDENTIFICATION ? NEARTILE_IDENTIFICATION_AFTER_RESET : 2u << 16;
  };
  EXPECT_EQ(neartile_probe(&nothing, nullptr), NEARTILE_NO_CHIP) << "another major version";
}

TEST(Driver, ReachesMappedRegisters) {
  std::uint32_t registers[0x100] = {};
  registers[NEARTILE_IDENTIFICATION / 4] = NEARTILE_IDENTIFICATION_AFTER_RESET;
  registers[NEARTILE_VERSION / 4] = NEARTILE_VERSION_AFTER_RESET;
  const neartile_device device = neartile_mapped(registers);
  EXPECT_EQ(neartile_probe(&device, nullptr), NEARTILE_OK);
  EXPECT_EQ(neartile_submit(&device, 0x123456789a, 77), NEARTILE_OK);
  EXPECT_EQ(registers[NEARTILE_QUEUE_BASE_LOW / 4], 0x3456789au);
  EXPECT_EQ(registers[NEARTILE_QUEUE_BASE_HIGH / 4], 0x12u);
  EXPECT_EQ(registers[NEARTILE_DOORBELL / 4], NEARTILE_DOORBELL_START);
}

TEST(Driver, RunsProgramsInMemoryThatDoesNotBeginAt0) {
  simulate([](ProgrammedChip& platform) {
    constexpr std::uint64_t base = 0x80000;
    platform.write_data(base);
    ASSERT_EQ(neartile_set_data_base(&platform.device, base), NEARTILE_OK);
    ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK);
    EXPECT_EQ(platform.output(base), expected_output(platform));
    EXPECT_NE(platform.output(), expected_output(platform));
  });
}

TEST(Driver, ReadsCountersThatSumToTheTotal) {
  simulate([](ProgrammedChip& platform) {
    platform.write_data();
    ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK);
    neartile_counters layers{}, arrays{}, one{};
    for (std::uint32_t i = 0; i < platform.program.layers.size(); ++i) {
      ASSERT_EQ(neartile_layer_counters(&platform.device, i, &one), NEARTILE_OK);
      EXPECT_GT(one.cycles, 0u) << i;
      layers.cycles += one.cycles;
      layers.product_toggles += one.product_toggles;
      layers.control_toggles += one.control_toggles;
    }
    for (std::uint32_t i = 0; i < 4; ++i) {
      ASSERT_EQ(neartile_array_counters(&platform.device, i, &one), NEARTILE_OK);
      EXPECT_GT(one.cycles, 0u) << i;
      EXPECT_LT(one.cycles, neartile_cycles(&platform.device)) << i;
      arrays.product_toggles += one.product_toggles;
      arrays.control_toggles += one.control_toggles;
    }
    EXPECT_EQ(layers.cycles, neartile_cycles(&platform.device));
    EXPECT_EQ(layers.product_toggles, arrays.product_toggles);
    EXPECT_EQ(layers.control_toggles, arrays.control_toggles);
    EXPECT_GT(neartile_fetch_cycles(&platform.device), platform.good.size() / 64)
        << "a burst a cycle at most";
    EXPECT_EQ(neartile_array_counters(&platform.device, 4, &one), NEARTILE_REFUSED);
    neartile_clear_counters(&platform.device);
    ASSERT_EQ(neartile_layer_counters(&platform.device, 0, &one), NEARTILE_OK);
    EXPECT_EQ(one.cycles, 0u);
  });
}

TEST(Driver, SendsALayerToOtherArrays) {
  simulate([](ProgrammedChip& platform) {
    platform.write_data();
    for (std::uint32_t layer = 0; layer < platform.program.layers.size(); ++layer)
      ASSERT_EQ(neartile_route(&platform.device, layer, 1), NEARTILE_OK);
    EXPECT_EQ(neartile_route(&platform.device, 0, 2), NEARTILE_REFUSED);
    EXPECT_EQ(neartile_route(&platform.device, 1024, 0), NEARTILE_REFUSED);
    ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK);
    neartile_counters first{}, second{};
    neartile_array_counters(&platform.device, 0, &first);
    neartile_array_counters(&platform.device, 2, &second);
    EXPECT_EQ(first.cycles, 0u);
    EXPECT_GT(second.cycles, 0u);
  });
}

TEST(Driver, RecoversFromAnError) {
  simulate([](ProgrammedChip& platform) {
    platform.write_data();
    Bytes wrong = platform.good;
    wrong.back() ^= 1;
    EXPECT_EQ(platform.execute(wrong), NEARTILE_FAILED);
    const neartile_error error = neartile_last_error(&platform.device);
    EXPECT_EQ(error.code, NEARTILE_ERROR_CODE_CHECKSUM);
    EXPECT_EQ(error.command, NEARTILE_ERROR_COMMAND_NONE);
    ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK);
    EXPECT_EQ(neartile_last_error(&platform.device).code, NEARTILE_ERROR_CODE_NONE);
    EXPECT_EQ(platform.output(), expected_output(platform));
  });
}

TEST(Driver, GivesUpAndResetsABusyChip) {
  simulate([](ProgrammedChip& platform) {
    platform.write_data();
    ASSERT_EQ(platform.submit(platform.good), NEARTILE_OK);
    EXPECT_EQ(neartile_wait(&platform.device, 1), NEARTILE_TIMEOUT);
    EXPECT_EQ(neartile_submit(&platform.device, 0, 0), NEARTILE_IS_BUSY);
    EXPECT_EQ(neartile_route(&platform.device, 0, 1), NEARTILE_IS_BUSY);
    EXPECT_EQ(neartile_set_data_base(&platform.device, 1), NEARTILE_IS_BUSY);
    for (const double ns : {0.0, 250.0, 1000.0, 2000.0}) {
      platform.submit(platform.good);
      if (ns > 0) sc_core::wait(ns, sc_core::SC_NS);
      ASSERT_EQ(neartile_reset(&platform.device, 10), NEARTILE_OK) << ns;
      ASSERT_EQ(platform.execute(platform.good), NEARTILE_OK) << ns;
      EXPECT_EQ(platform.output(), expected_output(platform)) << ns;
    }
  });
}

TEST(Driver, TheInterruptComesWhenItIsEnabled) {
  simulate([](ProgrammedChip& platform) {
    platform.write_data();
    ASSERT_EQ(platform.submit(platform.good), NEARTILE_OK);
    sc_core::wait(10, sc_core::SC_MS);
    EXPECT_FALSE(platform.irq.read()) << "not enabled";
    neartile_enable_interrupt(&platform.device, true);
    sc_core::wait(1, sc_core::SC_NS);
    EXPECT_TRUE(platform.irq.read());
    EXPECT_EQ(neartile_acknowledge(&platform.device), NEARTILE_INTERRUPT_STATUS_DONE);
    sc_core::wait(1, sc_core::SC_NS);
    EXPECT_FALSE(platform.irq.read());
    ASSERT_EQ(platform.submit(platform.good), NEARTILE_OK);
    sc_core::wait(sc_core::sc_time(10, sc_core::SC_MS), platform.irq.posedge_event());
    EXPECT_TRUE(platform.irq.read());
    EXPECT_EQ(neartile_poll(&platform.device), NEARTILE_OK);
  });
}

}  // namespace
}  // namespace neartile::sc_models
