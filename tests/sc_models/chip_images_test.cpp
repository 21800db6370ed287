#include <gtest/gtest.h>

#include "neartile/router/compiler.h"
#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/driver/neartile_registers.h"
#include "neartile/sc_models/testbench.h"
#include "neartile/workloads/executor.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using router::ChipConfig;

ChipConfig bank(std::uint64_t buffer_KiB = 256) {
  ChipConfig chip;
  chip.arrays.clear();
  for (const char* multiplier : {"exact", "truncated(6)", "drum(4)"}) {
    router::GroupConfig group;
    group.count = chip.arrays.size() == 1 ? 2 : 1;
    group.array.rows = 16;
    group.array.columns = 8;
    group.array.pe.multiplier = multiplier;
    chip.arrays.push_back(group);
  }
  chip.unified_buffer_KiB = buffer_KiB;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  chip.memory.size_MiB = 16;
  complete(chip, "test");
  return chip;
}

router::Routing in_turn(const workloads::QuantisedNetwork& network, const ChipConfig& chip) {
  router::Routing routing;
  for (std::size_t node = 0; node < network.network.nodes.size(); ++node)
    routing.push_back(node % chip.arrays.size());
  return routing;
}

std::vector<std::vector<std::uint8_t>> inputs_of(const workloads::QuantisedNetwork& network,
                                                 unsigned images) {
  std::vector<std::vector<std::uint8_t>> inputs;
  for (unsigned i = 0; i < images; ++i)
    inputs.push_back(testing_support::random_patterns(network.network.input.elements(), 70 + i));
  return inputs;
}

/// Images through the chip, so many in flight, and what the executor makes of them.
struct Images {
  Images(unsigned seed, unsigned images, std::uint32_t in_flight, const ChipConfig& config,
         const char* name = "testbench")
      : network(testing_support::network_of_everything(seed).quantise()),
        chip(config),
        routing(in_turn(network, chip)),
        mapping(default_mapping(network.network, routing, chip)),
        program(compile(network, routing, chip, mapping, in_flight)),
        inputs(inputs_of(network, images)),
        testbench(name, program, chip, inputs) {
    const auto decoded = router::decode(router::encode(program), chip, 0);
    EXPECT_EQ(decoded.error, router::ProgramError{});
  }

  std::vector<std::uint8_t> expected() const {
    const workloads::Executor executor(network, arrays_of(routing, mapping, chip));
    std::vector<std::uint8_t> outputs;
    for (const auto& input : inputs) {
      const auto tensors = executor.run(input);
      outputs.insert(outputs.end(), tensors.back().begin(), tensors.back().end());
    }
    return outputs;
  }

  workloads::QuantisedNetwork network;
  ChipConfig chip;
  router::Routing routing;
  router::Mapping mapping;
  router::Program program;
  std::vector<std::vector<std::uint8_t>> inputs;
  Testbench testbench;
};

class ChipImages : public testing::TestWithParam<unsigned> {};

TEST_P(ChipImages, InFlightTogetherComeOutAsOneByOne) {
  Images images(GetParam(), 2 + GetParam() % 5, 2 + GetParam() % 4, bank());
  sc_core::sc_start();
  const RunResult result = images.testbench.result();
  EXPECT_EQ(result.outputs, images.expected());
  Cycles sum;
  for (const LayerResult& layer : result.layers) {
    sum += layer.cycles;
    for (const traces::ArrayTime& time : layer.arrays) EXPECT_EQ(time.total(), layer.cycles.count);
  }
  EXPECT_EQ(sum.count, result.cycles.count);
}

TEST_P(ChipImages, ShareASmallBuffer) {
  Images images(GetParam(), 4, 4, bank(3 + GetParam() % 4));
  sc_core::sc_start();
  EXPECT_EQ(images.testbench.result().outputs, images.expected());
}
INSTANTIATE_TEST_SUITE_P(Seeds, ChipImages, testing::Range(1u, 9u));

TEST(ChipImages, InFlightTogetherTakeFewerCyclesThanOneByOne) {
  Images single(1, 8, 1, bank(), "single"), together(1, 8, 8, bank(), "together");
  sc_core::sc_start();
  EXPECT_EQ(single.testbench.result().outputs, together.testbench.result().outputs);
  EXPECT_LT(10 * together.testbench.result().cycles.count, 7 * single.testbench.result().cycles.count);
}

}  // namespace
}  // namespace neartile::sc_models
