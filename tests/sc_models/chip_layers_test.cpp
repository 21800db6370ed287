#include <gtest/gtest.h>

#include <algorithm>

#include "neartile/router/compiler.h"
#include "neartile/router/estimate.h"
#include "neartile/sc_models/run.h"
#include "neartile/workloads/drawn_network.h"
#include "neartile/workloads/layer_table.h"
#include "workloads/stored_networks.h"

namespace neartile::sc_models {
namespace {

using traces::ArrayState;
using traces::ArrayTime;

/// TPUv3's arrays and buffers.
router::ChipConfig template_chip() {
  router::ChipConfig chip;
  chip.arrays[0].count = 4;
  chip.vector_unit.lanes = 2048;
  complete(chip, "test");
  return chip;
}

/// The same with memory that takes no time worth speaking of.
router::ChipConfig chip_with_unlimited_memory() {
  router::ChipConfig chip = template_chip();
  chip.memory.bandwidth_GBps = 1e6;
  chip.memory.latency_ns = 0;
  chip.dma.engines = 64;
  chip.dma.burst_bytes = 1 << 20;
  chip.weight_buffer_KiB = 1024;
  return chip;
}

std::uint64_t law_cycles(const ArrayTime& time) {
  return time[ArrayState::stream] + time[ArrayState::weight_load] + time[ArrayState::drain];
}

/// In every layer, states of every array add up to the layer, and those of the law to the law.
void expect_law_and_sums(const workloads::QuantisedNetwork& network, const router::ChipConfig& chip,
                         const RunResult& result) {
  const router::Routing routing(network.network.nodes.size(), 0);
  const auto law = estimate_cycles(network.network, routing, chip);
  Cycles all;
  for (std::size_t node = 0; node < law.size(); ++node) {
    const LayerResult& layer = result.layers.at(node);
    std::uint64_t longest = 0;
    for (const ArrayTime& time : layer.arrays) {
      EXPECT_EQ(time.total(), layer.cycles.count) << layer.name;
      longest = std::max(longest, law_cycles(time));
    }
    EXPECT_EQ(longest, law[node].count) << layer.name;
    all += layer.cycles;
  }
  EXPECT_EQ(all, result.cycles);
}

std::uint64_t in_all(const RunResult& result, ArrayState state) {
  std::uint64_t cycles = 0;
  for (const LayerResult& layer : result.layers)
    for (const ArrayTime& time : layer.arrays) cycles += time[state];
  return cycles;
}

workloads::QuantisedNetwork table(const std::string& name) {
  const auto rows =
      workloads::read_layer_table(std::string(NEARTILE_SOURCE_DIR) + "/testbenches/layers/" + name + ".csv");
  return workloads::draw_network({}, rows, pe::Format::u8s8);
}

RunResult run_once(const workloads::QuantisedNetwork& network, const router::ChipConfig& chip) {
  const router::Routing routing(network.network.nodes.size(), 0);
  const std::vector<std::vector<std::uint8_t>> inputs(
      1, std::vector<std::uint8_t>(network.network.input.elements(), 40));
  return run(compile(network, routing, chip), chip, inputs);
}

workloads::QuantisedNetwork quantised_resnet20() {
  const workloads::StoredNetwork stored = workloads::resnet20();
  const workloads::Network network = stored.network();
  const auto calibration =
      workloads::read_images(workloads::StoredNetwork::folder() / stored.calibration, network.input);
  return workloads::quantise(
      network,
      workloads::choose_encodings(network, workloads::calibrate(network, calibration, stored.preprocessing),
                                  workloads::Scheme::affine_u8));
}

TEST(ChipLayers, OfResNet20ObeyTheLawWithUnlimitedMemory) {
  NEARTILE_NEEDS_SHARED();
  const auto network = quantised_resnet20();
  const auto chip = chip_with_unlimited_memory();
  const RunResult result = run_once(network, chip);
  expect_law_and_sums(network, chip, result);
  EXPECT_LT(in_all(result, ArrayState::bandwidth), 4 * result.cycles.count / 1000);
}

TEST(ChipLayers, OfResNet20WaitForMemoryThatHasLimits) {
  NEARTILE_NEEDS_SHARED();
  const auto network = quantised_resnet20();
  auto chip = template_chip();
  const RunResult result = run_once(network, chip);
  expect_law_and_sums(network, chip, result);
  EXPECT_GT(in_all(result, ArrayState::bandwidth), 0u);
}

TEST(ChipLayers, OfResNet20OnHbm2ObeyTheLawAndTheMemoryCountsAllBytes) {
  NEARTILE_NEEDS_SHARED();
  const auto network = quantised_resnet20();
  auto chip = template_chip();
  chip.memory.kind = memory::MemoryKind::hbm2;
  const RunResult result = run_once(network, chip);
  expect_law_and_sums(network, chip, result);
  Bytes asked, served;
  for (const LayerResult& layer : result.layers) asked += layer.memory;
  for (const memory::Hbm2Counts& c : result.channels) served += Bytes(c.read_bytes + c.written_bytes);
  EXPECT_EQ(result.channels.size(), 32u);
  // The chip fetches its program, too.
  EXPECT_GE(served.count, asked.count);
}

TEST(LongChipLayers, OfResNet50ObeyTheLawWithUnlimitedMemory) {
  const auto network = table("resnet50");
  const auto chip = chip_with_unlimited_memory();
  const RunResult result = run_once(network, chip);
  expect_law_and_sums(network, chip, result);
  EXPECT_LT(in_all(result, ArrayState::bandwidth), 4 * result.cycles.count / 1000);
}

TEST(LongChipLayers, OfResNet50OnHbm2ObeyTheLaw) {
  const auto network = table("resnet50");
  auto chip = template_chip();
  chip.memory.kind = memory::MemoryKind::hbm2;
  const RunResult result = run_once(network, chip);
  expect_law_and_sums(network, chip, result);
  EXPECT_GT(in_all(result, ArrayState::bandwidth), 0u);
}

}  // namespace
}  // namespace neartile::sc_models
