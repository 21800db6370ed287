#include <gtest/gtest.h>

#include <random>

#include "neartile/router/compiler.h"
#include "neartile/router/estimate.h"
#include "neartile/sc_models/run.h"
#include "neartile/workloads/executor.h"
#include "support/small_networks.h"
#include "workloads/stored_networks.h"

namespace neartile::sc_models {
namespace {

using router::ChipConfig;
using router::GroupConfig;

GroupConfig group(const std::string& multiplier, std::uint64_t count, std::uint64_t rows,
                  std::uint64_t columns, std::uint64_t weight_registers = 2) {
  GroupConfig config;
  config.count = count;
  config.array.rows = rows;
  config.array.columns = columns;
  config.array.pe.multiplier = multiplier;
  config.array.pe.weight_registers = weight_registers;
  return config;
}

ChipConfig chip_of(std::vector<GroupConfig> groups) {
  ChipConfig chip;
  chip.arrays = std::move(groups);
  chip.accumulator_vectors = 40;  // small: layers need several chunks
  complete(chip, "test");
  return chip;
}

// One image through the chip and through the estimate.
struct Both {
  Both(const workloads::QuantisedNetwork& quantised, const ChipConfig& chip, std::uint64_t piece_macs = 1)
      : network(quantised.network) {
    for (std::size_t node = 0; node < network.nodes.size(); ++node)
      routing.push_back(node % chip.arrays.size());
    std::mt19937 random(5);
    std::vector<std::uint8_t> input(network.input.elements());
    for (auto& q : input) q = static_cast<std::uint8_t>(60 + random() % 80);
    on_chip = run(compile(quantised, routing, chip), chip, std::vector<std::vector<std::uint8_t>>{input});

    std::vector<array::ArrayConfig> arrays;
    for (const std::size_t g : routing) arrays.push_back(chip.arrays[g].array);
    const workloads::IntegerTensors tensors = workloads::Executor(quantised, arrays).run(input);
    const auto operands = [&](std::size_t node) {
      const workloads::TensorIndex from = network.nodes[node].inputs[0];
      return workloads::LayerOperands{tensors[from],
                                      static_cast<std::uint8_t>(quantised.encodings[from].zero_point),
                                      quantised.matrices[node].weights};
    };
    cycles = estimate_cycles(network, routing, chip);
    router::EstimateOptions options;
    options.piece_macs = piece_macs;
    toggles = estimate_toggles(network, routing, chip, operands, options);
  }

  // Control bits see more gaps on the chip, where tiles wait for operands and accumulators.
  void expect_equal_toggles() const {
    traces::ToggleCounts all;
    for (std::size_t node = 0; node < toggles.size(); ++node) {
      traces::ToggleCounts expected = on_chip.layers[node].toggles;
      EXPECT_LE(toggles[node].control, expected.control) << on_chip.layers[node].name;
      EXPECT_GE(toggles[node].control, expected.control / 2) << on_chip.layers[node].name;
      expected.control = toggles[node].control;
      EXPECT_EQ(to_string(toggles[node]), to_string(expected)) << on_chip.layers[node].name;
      all += toggles[node];
    }
    EXPECT_GT(all.total(), 100000u);
    EXPECT_GT(all.weight, 10000u);
  }

  workloads::Network network;
  router::Routing routing;
  RunResult on_chip;
  std::vector<Cycles> cycles;
  std::vector<traces::ToggleCounts> toggles;
};

TEST(ChipEstimate, TogglesAreThoseOfABankOfFourTypes) {
  Both(testing_support::network_of_everything(1).quantise(),
       chip_of({group("exact", 2, 16, 8), group("truncated(6)", 1, 16, 8), group("drum(4)", 3, 8, 8),
                group("truncated(4)", 1, 5, 7)}))
      .expect_equal_toggles();
}

TEST(ChipEstimate, TogglesAreThoseOfNarrowSaturatingSumsAndOneWeightRegister) {
  GroupConfig narrow = group("truncated(4)", 2, 7, 6, 1);
  narrow.array.pe.accumulator_bits = 16;
  narrow.array.pe.overflow = pe::Overflow::saturate;
  Both(testing_support::network_of_everything(2).quantise(), chip_of({narrow}), 2000).expect_equal_toggles();
}

TEST(ChipEstimate, TogglesAreThoseOfSymmetricSignedActivations) {
  GroupConfig symmetric = group("drum(4)", 1, 16, 16);
  symmetric.array.pe.format = pe::Format::s8s8;
  Both(testing_support::network_of_everything(3).quantise(true), chip_of({symmetric})).expect_equal_toggles();
}

// Of docs/reference/program.md.
TEST(ChipEstimate, OfResNet20HasTheTogglesAndMostOfTheCycles) {
  NEARTILE_NEEDS_SHARED();
  const workloads::StoredNetwork stored = workloads::resnet20();
  const workloads::Network network = stored.network();
  const auto calibration =
      workloads::read_images(workloads::StoredNetwork::folder() / stored.calibration, network.input);
  const auto encodings =
      workloads::choose_encodings(network, workloads::calibrate(network, calibration, stored.preprocessing),
                                  workloads::Scheme::affine_u8);
  ChipConfig chip;
  chip.arrays[0].count = 4;
  complete(chip, "test");
  const Both both(workloads::quantise(network, encodings), chip, std::uint64_t{1} << 20);
  both.expect_equal_toggles();
  Cycles matrices, matrices_on_chip;
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    if (!network.nodes[node].matrix()) continue;
    matrices += both.cycles[node];
    matrices_on_chip += both.on_chip.layers[node].cycles;
  }
  EXPECT_NEAR(static_cast<double>(matrices.count) / static_cast<double>(matrices_on_chip.count), 0.875,
              0.005);
}

TEST(ChipEstimate, CyclesAreAtMostThoseOfAChipWithMemoryAndVectorUnit) {
  const Both both(testing_support::network_of_everything(4).quantise(),
                  chip_of({group("exact", 2, 16, 8), group("exact", 1, 5, 7, 1)}));
  for (std::size_t node = 0; node < both.cycles.size(); ++node)
    EXPECT_LT(both.cycles[node], both.on_chip.layers[node].cycles) << node;
}

// Operands come at once and a requantisation takes a cycle: what is left are the last ones of a layer, and
// chunks that wait for an accumulator half until its sums are out of the array.
TEST(ChipEstimate, CyclesAreThoseOfAChipWithoutLimitsButForAccumulatorHalves) {
  ChipConfig chip = chip_of({group("exact", 2, 16, 8)});
  chip.vector_unit.latency_cycles = 0;
  chip.vector_unit.lanes = 1 << 20;
  chip.memory.latency_ns = 0;
  chip.memory.bandwidth_GBps = 1e6;
  chip.dma.engines = 64;
  for (auto* buffer : {&chip.unified_buffer, &chip.weight_buffer, &chip.accumulators}) buffer->ports = 64;
  const Both both(testing_support::network_of_everything(2).quantise(), chip);
  const std::uint64_t depth = chip.accumulator_vectors / 2, sum_way = 16 + 8;
  for (std::size_t node = 0; node < both.cycles.size(); ++node) {
    const auto* matrix = both.network.nodes[node].matrix();
    if (!matrix) continue;
    const array::ConvolutionShape& shape = matrix->shape;
    const std::uint64_t parts = std::min<std::uint64_t>(2, shape.m()),
                        m_chunks = ((shape.m() + parts - 1) / parts + depth - 1) / depth,
                        chunks = shape.groups * ((shape.n() + 7) / 8) * m_chunks,
                        waits = chunks > 2 ? chunks - 2 : 0;
    const std::uint64_t difference = (both.on_chip.layers[node].cycles - both.cycles[node]).count;
    EXPECT_GE(difference, 1u) << node;
    EXPECT_LE(difference, parts + 1 + waits * (sum_way + parts)) << node;
  }
}

}  // namespace
}  // namespace neartile::sc_models
