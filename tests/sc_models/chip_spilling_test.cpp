#include <gtest/gtest.h>

#include <random>
#include <set>

#include "neartile/router/compiler.h"
#include "neartile/router/program_bytes.h"
#include "neartile/sc_models/run.h"
#include "neartile/workloads/executor.h"
#include "support/error_of.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using router::ChipConfig;
using testing_support::NetworkBuilder;
using testing_support::window;

ChipConfig chip_with_buffer(std::uint64_t KiB) {
  ChipConfig chip;
  chip.arrays[0].count = 2;
  chip.arrays[0].array.rows = 16;
  chip.arrays[0].array.columns = 8;
  chip.arrays[0].array.pe.multiplier = "truncated(6)";
  chip.unified_buffer_KiB = KiB;
  chip.weight_buffer_KiB = 1;
  chip.accumulator_vectors = 40;
  chip.memory.size_MiB = 16;
  complete(chip, "test");
  return chip;
}

// Layers of all kinds that can be cut, in random order; tensors of up to 3 KiB.
workloads::QuantisedNetwork random_network(unsigned seed) {
  using array::VectorKind;
  using array::VectorOp;
  std::mt19937 random(seed);
  NetworkBuilder net({4 + random() % 5, 8 + random() % 6, 7 + random() % 6}, seed);
  std::vector<workloads::TensorIndex> tensors{0};
  const auto shape_of = [&](workloads::TensorIndex t) { return net.network().shape_of(t); };
  const auto vector = [&](workloads::TensorIndex t, VectorOp op, array::TensorShape shape) {
    tensors.push_back(net.vector({t}, op, shape));
  };
  for (int layer = 0; layer < 8; ++layer) {
    const workloads::TensorIndex from =
        tensors[tensors.size() - 1 - random() % std::min<std::size_t>(2, tensors.size())];
    const array::TensorShape shape = shape_of(from);
    VectorOp op;
    switch (random() % 9) {
      case 0:
      case 1:
        tensors.push_back(net.convolution(from, 8 + random() % 16, window(3, 1, 1)));
        break;
      case 2:
        tensors.push_back(net.convolution(from, shape.channels, window(3, 1, 1), shape.channels));
        break;
      case 3:
        if (shape.height < 5 || shape.width < 5) break;
        op.kind = random() % 2 ? VectorKind::max_pool : VectorKind::average_pool;
        op.window = window(3, 1 + random() % 2, 1);
        vector(from, op,
               {shape.channels, op.window.out_height(shape.height), op.window.out_width(shape.width)});
        break;
      case 4:
        if (net.network().shape_of(tensors.back()) != shape) break;
        tensors.push_back(net.vector({from, tensors.back()}, op, shape));
        break;
      case 5:
        op.kind = VectorKind::concat;
        tensors.push_back(net.vector({from, from}, op, {2 * shape.channels, shape.height, shape.width}));
        break;
      case 6:
        op.kind = VectorKind::pad;
        op.pad_before = {0, random() % 3, 1};
        vector(from, op, {shape.channels, shape.height + op.pad_before[1] + random() % 2, shape.width + 2});
        break;
      case 7:
        if (shape.height < 6) break;
        op.kind = VectorKind::slice;
        op.start = {0, 1, 0};
        op.step = {1, 2, 1};
        vector(from, op, {shape.channels, (shape.height - 2) / 2 + 1, shape.width});
        break;
      default:
        op.kind = VectorKind::softmax;
        vector(from, op, shape);
    }
  }
  // Ends in what needs all rows of its input.
  VectorOp op;
  op.kind = random() % 2 ? VectorKind::flatten : VectorKind::global_average_pool;
  const array::TensorShape shape = shape_of(tensors.back());
  net.vector({tensors.back()}, op,
             {op.kind == VectorKind::flatten ? shape.elements() : shape.channels, 1, 1});
  return net.quantise();
}

std::uint64_t dma_bytes(const router::Program& program) {
  std::uint64_t bytes = 0;
  for (const router::Command& command : program.commands) {
    if (const auto* load = std::get_if<router::LoadTensor>(&command.work)) bytes += load->bytes * load->rows;
    if (const auto* load = std::get_if<router::LoadWeights>(&command.work)) bytes += load->bytes;
    if (const auto* store = std::get_if<router::Store>(&command.work)) bytes += store->bytes * store->rows;
  }
  return bytes;
}

// The checks of program bytes see every range that a command touches.
void expect_within_buffer(const router::Program& program, const ChipConfig& chip) {
  const auto decoded = router::decode(router::encode(program), chip, 0);
  EXPECT_EQ(decoded.error, router::ProgramError{})
      << text_of(decoded.error.code).name << " of command " << decoded.error.command;
}

class ChipSpilling : public testing::TestWithParam<unsigned> {};

TEST_P(ChipSpilling, ASmallBufferCostsTransfersAndNoValue) {
  const auto network = random_network(GetParam());
  const std::size_t nodes = network.network.nodes.size();
  const router::Routing routing(nodes, 0);
  std::mt19937 random(GetParam());
  router::Mapping mapping(nodes);
  for (std::size_t node = 0; node < nodes; ++node) {
    mapping[node].order = random() % 2 ? router::TileOrder::m_outer : router::TileOrder::n_outer;
    const auto* matrix = network.network.nodes[node].matrix();
    if (matrix && matrix->shape.is_depthwise() && random() % 2)
      mapping[node].unit = router::LayerUnit::vector_unit;
  }
  const std::uint64_t large = dma_bytes(compile(network, routing, chip_with_buffer(256), mapping));
  // The smallest buffer that will do, or a little more.
  std::uint64_t KiB = 1;
  while (
      !testing_support::error_of([&] { compile(network, routing, chip_with_buffer(KiB), mapping); }).empty())
    ++KiB;
  const ChipConfig chip = chip_with_buffer(KiB + GetParam() % 3 / 2);
  const router::Program program = compile(network, routing, chip, mapping);
  EXPECT_GE(dma_bytes(program), large);
  RecordProperty("spilled_bytes", std::to_string(dma_bytes(program) - large));
  expect_within_buffer(program, chip);

  const std::vector<std::vector<std::uint8_t>> inputs{
      testing_support::random_patterns(network.network.input.elements(), GetParam())};
  const workloads::Executor executor(network, arrays_of(routing, mapping, chip));
  const auto expected = executor.run(inputs[0]).back();
  EXPECT_EQ(run(program, chip, inputs).outputs, expected);
}
INSTANTIATE_TEST_SUITE_P(Seeds, ChipSpilling, testing::Range(1u, 25u));
INSTANTIATE_TEST_SUITE_P(LongSeeds, ChipSpilling, testing::Range(100u, 400u));

// Neither tensor of the first layer fits, nor all rows of what the second one reads.
TEST(ChipSpillingOfAConvolution, IsDoneInStripes) {
  NetworkBuilder net({8, 30, 16}, 2);
  net.convolution(net.convolution(0, 8, window(3, 1, 1)), 8, window(5, 2, 2));
  const auto network = net.quantise();
  const ChipConfig small = chip_with_buffer(3), large = chip_with_buffer(64);
  const router::Program program = compile(network, {0, 0}, small);
  EXPECT_GT(dma_bytes(program), dma_bytes(compile(network, {0, 0}, large)) + 8 * 30 * 16);
  expect_within_buffer(program, small);
  const std::vector<std::vector<std::uint8_t>> inputs{testing_support::random_patterns(8 * 30 * 16, 4)};
  const workloads::Executor executor(network, {small.arrays[0].array});
  EXPECT_EQ(run(program, small, inputs).outputs, executor.run(inputs[0]).back());
}

}  // namespace
}  // namespace neartile::sc_models
