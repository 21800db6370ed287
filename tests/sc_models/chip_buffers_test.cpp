#include <gtest/gtest.h>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/run.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

router::ChipConfig chip_with(std::uint64_t banks, std::uint64_t ports, std::uint64_t word_bytes) {
  router::ChipConfig chip;
  chip.arrays[0].count = 2;
  chip.arrays[0].array.rows = 16;
  chip.arrays[0].array.columns = 8;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  chip.unified_buffer = chip.weight_buffer = chip.accumulators = {banks, ports, word_bytes};
  complete(chip, "test");
  return chip;
}

/// `delayed` gets the cycles by which tiles came later for conflicts.
RunResult run_on(const router::ChipConfig& chip, std::uint64_t* delayed = nullptr) {
  const auto network = testing_support::network_of_everything(1).quantise();
  const router::Routing routing(network.network.nodes.size(), 0);
  const auto program = compile(network, routing, chip);
  std::vector<std::vector<std::uint8_t>> inputs{testing_support::random_patterns(program.input_bytes, 5)};
  return run(program, chip, inputs, {}, [&](const auto&, const ExecutionTimes& times) {
    for (const CommandTimes& command : times.commands)
      if (delayed) *delayed += command.buffer_cycles;
  });
}

std::uint64_t waits_for_buffers(const RunResult& result) {
  std::uint64_t cycles = 0;
  for (const LayerResult& layer : result.layers)
    for (const traces::ArrayTime& time : layer.arrays) {
      cycles += time[traces::ArrayState::buffer];
      EXPECT_EQ(time.total(), layer.cycles.count) << layer.name;
    }
  return cycles;
}

std::uint64_t conflicts(const RunResult& result) {
  return result.buffers.unified_buffer.conflicts + result.buffers.weight_buffers.conflicts +
         result.buffers.accumulators.conflicts;
}

TEST(ChipBuffers, OfTheUsualSizeDelayNoTile) {
  std::uint64_t delayed = 0;
  const RunResult result = run_on(chip_with(64, 4, 128), &delayed);
  EXPECT_EQ(delayed, 0u);
  EXPECT_GT(result.buffers.unified_buffer.read_bytes, 10000u);
  EXPECT_GT(result.buffers.weight_buffers.written_bytes, 1000u);
  EXPECT_GT(result.buffers.accumulators.written_bytes, 10000u);
}

TEST(ChipBuffers, OfOneBankSlowTheChipDownAndSayWhy) {
  const RunResult result = run_on(chip_with(1, 1, 16));
  EXPECT_GT(conflicts(result), 1000u);
  // A vector of sums is two words, twice, for each vector that streams: without the bank half as many cycles.
  std::uint64_t streamed = 0;
  for (const LayerResult& layer : result.layers)
    for (const traces::ArrayTime& time : layer.arrays) streamed += time[traces::ArrayState::stream];
  EXPECT_GT(waits_for_buffers(result), streamed / 2);
}

TEST(ChipBuffers, CountTheWeightsThatDmaWrites) {
  const RunResult result = run_on(chip_with(64, 4, 128));
  Bytes loaded;
  for (const LayerResult& layer : result.layers) loaded += layer.memory;
  EXPECT_LE(result.buffers.weight_buffers.written_bytes, loaded.count);
  EXPECT_GE(result.buffers.weight_buffers.read_bytes, result.buffers.weight_buffers.written_bytes);
}

}  // namespace
}  // namespace neartile::sc_models
