#include "neartile/sc_models/chip.h"

#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include <random>
#include <set>
#include <vector>

#include "neartile/array/cycle_law.h"
#include "neartile/pe/base/error.h"
#include "neartile/router/compiler.h"
#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/driver/neartile_registers.h"
#include "neartile/sc_models/external_memory.h"
#include "neartile/sc_models/testbench.h"
#include "neartile/workloads/executor.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using router::ChipConfig;
using testing_support::NetworkBuilder;

router::GroupConfig group(const std::string& multiplier, std::uint64_t count, std::uint64_t rows,
                          std::uint64_t columns) {
  router::GroupConfig config;
  config.count = count;
  config.array.rows = rows;
  config.array.columns = columns;
  config.array.pe.multiplier = multiplier;
  return config;
}

ChipConfig chip_of(std::vector<router::GroupConfig> groups) {
  ChipConfig chip;
  chip.arrays = std::move(groups);
  chip.unified_buffer_KiB = 256;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;  // small: layers need several chunks
  chip.memory.size_MiB = 16;
  complete(chip, "test");
  return chip;
}

std::vector<std::vector<std::uint8_t>> random_inputs(const router::Program& program, std::size_t images) {
  std::mt19937 random(3);
  std::vector<std::vector<std::uint8_t>> inputs(images, std::vector<std::uint8_t>(program.input_bytes));
  for (auto& input : inputs) {
    for (auto& q : input) q = static_cast<std::uint8_t>(60 + random() % 80);
  }
  return inputs;
}

router::Routing spread(const workloads::Network& network, const ChipConfig& chip) {
  router::Routing routing;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) routing.push_back(i % chip.arrays.size());
  return routing;
}

std::vector<std::uint8_t> executed(const workloads::QuantisedNetwork& network, const ChipConfig& chip,
                                   const router::Routing& routing,
                                   const std::vector<std::vector<std::uint8_t>>& inputs) {
  std::vector<array::ArrayConfig> arrays;
  for (const std::size_t g : routing) arrays.push_back(chip.arrays[g].array);
  const workloads::Executor executor(network, arrays);
  std::vector<std::uint8_t> outputs;
  for (const auto& input : inputs) {
    const auto tensors = executor.run(input);
    outputs.insert(outputs.end(), tensors.back().begin(), tensors.back().end());
  }
  return outputs;
}

/// Many different values: a network that collapses to a constant proves nothing.
void expect_lively(const std::vector<std::uint8_t>& outputs) {
  EXPECT_GT(std::set<std::uint8_t>(outputs.begin(), outputs.end()).size(), 8u);
}

struct Bench {
  Bench(const router::Program& program, const ChipConfig& chip, std::size_t images = 1,
        const char* name = "testbench")
      : inputs(random_inputs(program, images)), testbench(name, program, chip, inputs) {}
  std::vector<std::vector<std::uint8_t>> inputs;
  Testbench testbench;
};

TEST(Chip, ComputesWhatTheExecutorComputesOnABankOfFourTypes) {
  const auto network = testing_support::network_of_everything(1).quantise();
  const ChipConfig chip = chip_of({group("exact", 2, 16, 8), group("truncated(6)", 1, 16, 8),
                                   group("drum(4)", 3, 8, 8), group("truncated(4)", 1, 5, 7)});
  const auto routing = spread(network.network, chip);
  const auto program = compile(network, routing, chip);
  Bench bench(program, chip, 3);
  sc_core::sc_start();
  const auto expected = executed(network, chip, routing, bench.inputs);
  expect_lively(expected);
  EXPECT_EQ(bench.testbench.result().outputs, expected);
}

TEST(Chip, ComputesWhatTheExecutorComputesWithNarrowSaturatingSums) {
  const auto network = testing_support::network_of_everything(2).quantise();
  auto narrow = group("exact", 2, 7, 6);
  narrow.array.pe.accumulator_bits = 16;
  narrow.array.pe.overflow = pe::Overflow::saturate;
  narrow.array.pe.weight_registers = 1;
  const ChipConfig chip = chip_of({narrow});
  const auto routing = spread(network.network, chip);
  const auto program = compile(network, routing, chip);
  Bench bench(program, chip, 2);
  sc_core::sc_start();
  EXPECT_EQ(bench.testbench.result().outputs, executed(network, chip, routing, bench.inputs));
}

TEST(Chip, ComputesSymmetricSignedActivations) {
  const auto network = testing_support::network_of_everything(3).quantise(true);
  auto signed_type = group("truncated(4)", 1, 16, 16);
  signed_type.array.pe.format = pe::Format::s8s8;
  const ChipConfig chip = chip_of({signed_type});
  const auto routing = spread(network.network, chip);
  const auto program = compile(network, routing, chip);
  Bench bench(program, chip);
  sc_core::sc_start();
  const auto expected = executed(network, chip, routing, bench.inputs);
  expect_lively(expected);
  EXPECT_EQ(bench.testbench.result().outputs, expected);
}

TEST(Chip, CyclesAndTogglesOfLayersSumToTheTotal) {
  const auto network = testing_support::network_of_everything(4).quantise();
  const ChipConfig chip = chip_of({group("exact", 2, 16, 8)});
  const auto program = compile(network, spread(network.network, chip), chip);
  Bench bench(program, chip, 2);
  sc_core::sc_start();
  const RunResult result = bench.testbench.result();
  Cycles sum;
  for (std::size_t i = 0; i < result.layers.size(); ++i) {
    sum += result.layers[i].cycles;
    EXPECT_GT(result.layers[i].cycles.count, 0u) << i;
    EXPECT_EQ(result.layers[i].toggles.product > 0, program.layers[i].matrix) << i;
    EXPECT_EQ(result.layers[i].toggles.weight > 0, program.layers[i].matrix) << i;
    EXPECT_EQ(result.layers[i].toggles.control > 0, program.layers[i].matrix) << i;
  }
  EXPECT_EQ(sum.count, result.cycles.count);
  // Control bits of both arrays have a clock in every cycle, data registers only when something comes.
  EXPECT_EQ(result.clock_edges.control, 2 * 16 * 8 * 5 * result.cycles.count);
  EXPECT_GT(result.clock_edges.activation, 0u);
  EXPECT_LT(result.clock_edges.activation, 2 * 16 * 8 * 8 * result.cycles.count / 2);
}

TEST(Chip, AFlippedWeightBitInExternalMemoryChangesTheOutput) {
  const auto network = testing_support::network_of_everything(5).quantise();
  const ChipConfig chip = chip_of({group("exact", 1, 16, 8)});
  const auto program = compile(network, spread(network.network, chip), chip);
  auto damaged = program;
  // The first tile that is loaded belongs to the first layer.
  for (const auto& command : program.commands) {
    if (const auto* load = std::get_if<router::LoadWeights>(&command.work)) {
      for (auto& segment : damaged.memory) {
        if (segment.address == load->memory_address) segment.bytes[5] ^= 0x40;
      }
      break;
    }
  }
  Bench whole(program, chip, 1, "whole"), broken(damaged, chip, 1, "broken");
  sc_core::sc_start();
  EXPECT_NE(whole.testbench.result().outputs, broken.testbench.result().outputs);
}

TEST(Chip, HalvedBandwidthAddsCyclesAndChangesNoValue) {
  const auto network = testing_support::network_of_everything(6).quantise();
  ChipConfig fast = chip_of({group("exact", 1, 16, 8)});
  fast.memory.bandwidth_GBps = 0.2;
  ChipConfig slow = fast;
  slow.memory.bandwidth_GBps = 0.1;
  const auto program = compile(network, spread(network.network, fast), fast);
  Bench quick(program, fast, 1, "quick"), lame(program, slow, 1, "lame");
  sc_core::sc_start();
  EXPECT_GT(lame.testbench.result().cycles.count, quick.testbench.result().cycles.count * 3 / 2);
  EXPECT_EQ(lame.testbench.result().outputs, quick.testbench.result().outputs);
}

TEST(Chip, TwiceTheArraysInAGroupCutTheCycles) {
  NetworkBuilder net({16, 32, 32}, 7);
  net.convolution(0, 16, testing_support::window(3, 1, 1));
  const auto network = net.quantise();
  ChipConfig one = chip_of({group("exact", 1, 16, 16)});
  one.accumulator_vectors = 2048;
  ChipConfig two = one;
  two.arrays[0].count = 2;
  const auto program_one = compile(network, {0}, one);
  const auto program_two = compile(network, {0}, two);
  Bench single(program_one, one, 1, "single"), pair(program_two, two, 1, "pair");
  sc_core::sc_start();
  const double ratio = static_cast<double>(pair.testbench.result().cycles.count) /
                       static_cast<double>(single.testbench.result().cycles.count);
  EXPECT_LT(ratio, 0.65);
  EXPECT_GT(ratio, 0.5);
  EXPECT_EQ(pair.testbench.result().outputs, single.testbench.result().outputs);
}

// A fully connected layer's time is the law's, with a memory that takes none, plus one pass of the
// vector unit for each N tile.
TEST(Chip, WithoutMemoryTimeOneRegisterTilesTakeTheLawsCycles) {
  NetworkBuilder net({40, 6, 5}, 8);
  net.convolution(0, 20, testing_support::window(1), 1, false);
  const auto network = net.quantise();
  auto single = group("exact", 1, 16, 8);
  single.array.pe.weight_registers = 1;
  ChipConfig chip = chip_of({single});
  chip.memory.latency_ns = 0;
  chip.memory.bandwidth_GBps = 1e6;
  chip.dma.burst_bytes = 1 << 20;
  chip.weight_buffer_KiB = 64;
  chip.accumulator_vectors = 64;
  chip.vector_unit.lanes = 1 << 20;
  chip.vector_unit.latency_cycles = 0;
  for (auto* buffer : {&chip.unified_buffer, &chip.weight_buffer, &chip.accumulators}) buffer->ports = 64;
  const auto program = compile(network, {0}, chip);
  Bench bench(program, chip);
  sc_core::sc_start();
  const Cycles law = gemm_cycles(single.array, 30, 40, 20);
  const std::uint64_t cycles = bench.testbench.result().cycles.count;
  // The input's load, the first tile's load, the last requantisation and the store take a cycle each.
  EXPECT_GE(cycles, law.count);
  EXPECT_LE(cycles, law.count + 6);
}

// A memory that loses one transaction: it comes back without a response.
class LossyMemory : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<LossyMemory, 32> in{"in"};
  tlm_utils::simple_initiator_socket<LossyMemory, 32> out{"out"};

  LossyMemory(sc_core::sc_module_name name, int lost) : sc_module(name), countdown_(lost) {
    in.register_b_transport(this, &LossyMemory::b_transport);
  }

 private:
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) {
    if (countdown_-- != 0) out->b_transport(payload, delay);
  }
  int countdown_;
};

TEST(Chip, ADroppedBurstEndsInAnErrorThatNamesTheLayer) {
  const auto network = testing_support::network_of_everything(9).quantise();
  const ChipConfig config = chip_of({group("exact", 1, 16, 8)});
  const auto program = compile(network, spread(network.network, config), config);
  const auto inputs = random_inputs(program, 2);
  Chip chip("chip", config);
  // Behind the head of the program and its bursts.
  const int fetches = 2 + static_cast<int>(encode(program).size() / config.dma.burst_bytes);
  LossyMemory lossy("lossy", fetches + 20);
  ExternalMemory memory("memory", config.memory);
  HostDriver host("host", program, inputs);
  sc_core::sc_signal<bool> irq("irq");
  chip.memory.bind(lossy.in);
  lossy.out.bind(memory.socket);
  host.memory.bind(memory.socket);
  host.chip.bind(chip.host);
  host.irq.bind(irq);
  chip.irq.bind(irq);
  sc_core::sc_start();
  EXPECT_EQ(host.finished(), 0u);
  EXPECT_EQ(host.error().code, NEARTILE_ERROR_CODE_ACCESS);
  ASSERT_LT(host.error().command, program.commands.size());
  const router::Command& failed = program.commands[host.error().command];
  EXPECT_TRUE(std::holds_alternative<router::LoadWeights>(failed.work) ||
              std::holds_alternative<router::LoadTensor>(failed.work));
}

}  // namespace
}  // namespace neartile::sc_models
