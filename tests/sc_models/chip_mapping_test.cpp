#include <gtest/gtest.h>

#include <random>
#include <set>

#include "neartile/router/compiler.h"
#include "neartile/router/estimate.h"
#include "neartile/sc_models/run.h"
#include "neartile/workloads/executor.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using router::ChipConfig;
using router::LayerUnit;
using router::Mapping;

ChipConfig bank(bool is_signed) {
  ChipConfig chip;
  chip.arrays.clear();
  for (const char* multiplier : {"truncated(6)", "drum(4)"}) {
    router::GroupConfig group;
    group.count = 2 + chip.arrays.size();
    group.array.rows = 16;
    group.array.columns = 8;
    group.array.pe.multiplier = multiplier;
    if (is_signed) group.array.pe.format = pe::Format::s8s8;
    chip.arrays.push_back(group);
  }
  chip.unified_buffer_KiB = 256;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  complete(chip, "test");
  return chip;
}

// Random in everything that a mapping can say.
Mapping random_mapping(const workloads::Network& network, std::mt19937& random) {
  Mapping mapping(network.nodes.size());
  for (std::size_t node = 0; node < mapping.size(); ++node) {
    mapping[node].order = random() % 2 ? router::TileOrder::m_outer : router::TileOrder::n_outer;
    mapping[node].split = random() % 2 ? router::Split::n : router::Split::m;
    mapping[node].m_chunk = random() % 2 ? 0 : 1 + random() % 20;
    const auto* matrix = network.nodes[node].matrix();
    if (matrix && matrix->shape.is_depthwise() && random() % 4) mapping[node].unit = LayerUnit::vector_unit;
  }
  return mapping;
}

class ChipMapping : public testing::TestWithParam<unsigned> {};

TEST_P(ChipMapping, AnyOneComputesWhatTheExecutorComputes) {
  std::mt19937 random(GetParam());
  const bool is_signed = GetParam() % 3 == 0;
  const auto network = testing_support::network_of_everything(GetParam()).quantise(is_signed);
  const ChipConfig chip = bank(is_signed);
  router::Routing routing;
  for (std::size_t node = 0; node < network.network.nodes.size(); ++node) routing.push_back(random() % 2);
  const Mapping mapping = random_mapping(network.network, random);
  const std::vector<std::vector<std::uint8_t>> inputs{
      testing_support::random_patterns(network.network.input.elements(), GetParam())};

  const RunResult result = run(compile(network, routing, chip, mapping), chip, inputs);
  const workloads::Executor executor(network, arrays_of(routing, mapping, chip));
  const auto expected = executor.run(inputs[0]).back();
  EXPECT_GT(std::set<std::uint8_t>(expected.begin(), expected.end()).size(), 4u);
  EXPECT_EQ(result.outputs, expected);

  const auto cycles = estimate_cycles(network.network, routing, chip, mapping);
  for (std::size_t node = 0; node < cycles.size(); ++node)
    EXPECT_LE(cycles[node].count, result.layers[node].cycles.count) << node;
}
INSTANTIATE_TEST_SUITE_P(Seeds, ChipMapping, testing::Range(1u, 9u));

// The vector unit's law: latency, and lanes that stay with a sum for all its taps.
TEST(ChipMapping, ADepthwiseLayerTakesTheVectorUnitsLaw) {
  testing_support::NetworkBuilder net({24, 9, 8}, 3);
  net.convolution(0, 24, testing_support::window(3, 1, 1), 24);
  const auto network = net.quantise();
  ChipConfig chip = bank(false);
  chip.vector_unit.lanes = 100;
  chip.memory.latency_ns = 0;
  chip.memory.bandwidth_GBps = 1e6;
  Mapping mapping(1);
  mapping[0].unit = LayerUnit::vector_unit;
  const std::vector<std::vector<std::uint8_t>> inputs{testing_support::random_patterns(24 * 9 * 8, 1)};
  const RunResult result = run(compile(network, {0}, chip, mapping), chip, inputs);
  const std::uint64_t law = chip.vector_unit.latency_cycles + (24 * 9 * 8 + 99) / 100 * 9;
  EXPECT_GE(result.cycles.count, law);
  EXPECT_LE(result.cycles.count, law + 40) << "loads and a store of a few bursts";
  EXPECT_EQ(result.layers[0].toggles.total(), 0u);
}

}  // namespace
}  // namespace neartile::sc_models
