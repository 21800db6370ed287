#include "sc_models/dma.h"

#include <cmath>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/testbench.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

router::ChipConfig chip_with(std::uint64_t burst_bytes, std::uint64_t outstanding) {
  router::ChipConfig chip;
  chip.clock_MHz = 1000;
  chip.arrays[0].array.rows = 64;
  chip.arrays[0].array.columns = 64;
  chip.unified_buffer_KiB = 256;
  chip.weight_buffer_KiB = 64;
  chip.dma.engines = 1;
  chip.dma.burst_bytes = burst_bytes;
  chip.dma.outstanding_bursts = outstanding;
  chip.memory.bandwidth_GBps = 64;  // bytes a cycle
  chip.memory.latency_ns = 100;
  complete(chip, "test");
  return chip;
}

/// Cycles of one fully connected layer, 256 to 64: its four weight tiles of 4 KiB are most of its time.
std::uint64_t cycles_of(const router::ChipConfig& chip, const char* name) {
  testing_support::NetworkBuilder net({256, 1, 1}, 1);
  net.fully_connected(0, 64);
  const auto network = net.quantise();
  const auto program = compile(network, {0}, chip);
  const std::vector<std::vector<std::uint8_t>> inputs{std::vector<std::uint8_t>(256, 7)};
  Testbench testbench(name, program, chip, inputs);
  sc_core::sc_start();
  return testbench.result().cycles.count;
}

// 16 KiB of weights, 768 bytes of constants and the input at 64 bytes a cycle, one latency in front, and
// behind the last tile its own load, stream and drain.
TEST(Dma, BurstsInFlightHideTheLatency) {
  const auto cycles = cycles_of(chip_with(64, 1024), "deep");
  const std::uint64_t transfer = (16384 + 768 + 256) / 64;
  EXPECT_GE(cycles, transfer + 100);
  EXPECT_LE(cycles, transfer + 100 + 2 * 64 + 64 + 100 + 100);
}

// With one burst in flight every 64 bytes cost a latency.
TEST(Dma, OneBurstInFlightPaysALatencyForEach) {
  const auto cycles = cycles_of(chip_with(64, 1), "shallow");
  EXPECT_GE(cycles, (16384 / 64) * 101u);
}

}  // namespace
}  // namespace neartile::sc_models
