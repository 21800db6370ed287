#include "neartile/workloads/executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <set>
#include <stdexcept>

#include "neartile/array/gemm.h"
#include "neartile/pe/base/error.h"
#include "support/error_of.h"
#include "support/small_networks.h"

namespace neartile::workloads {
namespace {

using array::ConvolutionShape;
using testing_support::encodings_for;
using testing_support::matrix_node;
using testing_support::network_of;
using testing_support::node_of;
using testing_support::random_patterns;

array::ArrayConfig array_of(std::uint64_t rows, const pe::PeConfig& pe) {
  return {.rows = rows, .columns = 16, .pe = pe};
}

/// The layer as a chip's tiles form it: reference GEMM of each group, then the requantiser.
std::vector<std::uint8_t> by_reference(const QuantisedNetwork& network, const array::ArrayConfig& array,
                                       const std::vector<std::uint8_t>& input) {
  const MatrixLayer& layer = *network.network.nodes[0].matrix();
  const QuantisedMatrix& matrix = network.matrices[0];
  const std::size_t m = layer.shape.m(), n = layer.shape.n(), k = layer.shape.k();
  std::vector<std::uint8_t> vectors(m * k), out(m * layer.shape.out_channels);
  std::vector<std::int32_t> sums(m * n);
  const auto zero = static_cast<std::uint8_t>(network.encodings[0].zero_point);
  for (std::size_t group = 0; group < layer.shape.groups; ++group) {
    array::im2col(layer.shape, input.data(), group, 0, 0, zero, {vectors.data(), m, k});
    array::reference_gemm(pe::PeType(array.pe), array.rows,
                          array::MatrixView<const std::uint8_t>(vectors.data(), m, k),
                          {matrix.weights.data() + group * k * n, k, n}, {sums.data(), m, n});
    array::requantise(array::MatrixView<const std::int32_t>(sums.data(), m, n),
                      std::span(matrix.correction).subspan(group * n, n),
                      std::span(matrix.multiplier).subspan(group * n, n), network.output_of(0), layer.clamp,
                      {out.data() + group * n, m, n, layer.shape.out_channels});
  }
  return out;
}

QuantisedNetwork one_layer(const ConvolutionShape& shape, bool is_signed) {
  Node node = matrix_node("layer", shape, 0, 7);
  // A channel of large weights of one sign fills narrow accumulators.
  auto& weights = std::get<MatrixLayer>(node.layer).weights;
  for (std::size_t i = 0; i < shape.k(); ++i) weights[i] = 1.0F + 0.01F * static_cast<float>(i % 7);
  return quantise(network_of(shape.input, {node}), encodings_for(shape, is_signed));
}

const array::Window same3{
    .kernel_height = 3, .kernel_width = 3, .pad_top = 1, .pad_left = 1, .pad_bottom = 1, .pad_right = 1};

std::vector<ConvolutionShape> layers() {
  array::Window strided = same3;
  strided.stride_height = strided.stride_width = 2;
  strided.dilation_width = 2;
  strided.pad_top = strided.pad_left = 0;
  return {{.input = {5, 6, 7}, .window = same3, .out_channels = 9},                 // convolution
          {.input = {6, 7, 6}, .window = strided, .groups = 2, .out_channels = 4},  // grouped
          {.input = {17, 4, 3}, .window = {}, .out_channels = 8},                   // pointwise
          {.input = {8, 4, 3}, .window = {}, .groups = 2, .out_channels = 6},       // pointwise, grouped
          {.input = {7, 3, 4}, .window = {.kernel_height = 3, .kernel_width = 4}, .out_channels = 20},
          {.input = {10, 6, 5}, .window = same3, .groups = 10, .out_channels = 10},  // depthwise
          {.input = {6, 7, 9}, .window = strided, .groups = 6, .out_channels = 6},
          {.input = {3, 5, 5}, .window = same3, .groups = 3, .out_channels = 6}};  // two outputs a channel
}

struct Case {
  std::string multiplier;
  std::uint64_t bits;
  pe::Overflow overflow;
};

void PrintTo(const Case& value, std::ostream* out) {
  *out << value.multiplier << ", " << value.bits << " bits, "
       << (value.overflow == pe::Overflow::wrap ? "wrap" : "saturate");
}

class EveryPeType : public testing::TestWithParam<Case> {};

TEST_P(EveryPeType, GivesTheResultsOfAChipThatComputesTileByTile) {
  for (const pe::Format format : {pe::Format::u8s8, pe::Format::s8s8}) {
    const pe::PeConfig pe{format, GetParam().multiplier, GetParam().bits, GetParam().overflow, 2};
    for (const ConvolutionShape& shape : layers()) {
      const QuantisedNetwork network = one_layer(shape, format == pe::Format::s8s8);
      const auto input = random_patterns(shape.input.elements(), 3);
      for (const std::uint64_t rows : {4, 128}) {
        const array::ArrayConfig array = array_of(rows, pe);
        const auto expected = by_reference(network, array, input);
        ASSERT_GT(std::set(expected.begin(), expected.end()).size(), 6U) << "the layer must not be flat";
        const std::vector<std::span<const std::uint8_t>> inputs{input};
        EXPECT_EQ(Executor(network, {array}).run_node(0, inputs), expected)
            << pe::name_of(pe) << ", rows " << rows << ", K " << shape.k() << ", groups " << shape.groups;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Executor, EveryPeType,
                         testing::Values(Case{"exact", 32, pe::Overflow::wrap},
                                         Case{"truncated(4)", 32, pe::Overflow::wrap},
                                         Case{"drum(4)", 24, pe::Overflow::saturate},
                                         Case{"exact", 16, pe::Overflow::wrap},
                                         Case{"exact", 16, pe::Overflow::saturate},
                                         Case{"truncated(6)", 16, pe::Overflow::saturate}));

TEST(NarrowSaturatingAccumulators, GiveResultsThatDependOnTheRows) {
  const pe::PeConfig pe{pe::Format::u8s8, "exact", 16, pe::Overflow::saturate, 2};
  for (const std::size_t i : {0U, 5U}) {  // convolution and depthwise
    const QuantisedNetwork network = one_layer(layers()[i], false);
    // The tiles' sums rise and fall, so that saturation within a tile differs from that between tiles.
    const auto input = random_patterns(layers()[i].input.elements(), 3);
    const std::vector<std::span<const std::uint8_t>> inputs{input};
    QuantisedNetwork mixed = network;
    for (std::size_t k = 0; k < mixed.matrices[0].weights.size(); ++k)
      mixed.matrices[0].weights[k] = k % 2 ? 127 : -100;
    EXPECT_NE(Executor(mixed, {array_of(2, pe)}).run_node(0, inputs),
              Executor(mixed, {array_of(128, pe)}).run_node(0, inputs));
  }
}

/// Convolution, pooling, a shortcut and a classifier.
QuantisedNetwork small_network() {
  VectorLayer pool, add, global;
  pool.kind = array::VectorKind::max_pool;
  pool.window = {.kernel_height = 2, .kernel_width = 2, .stride_height = 2, .stride_width = 2};
  global.kind = array::VectorKind::global_average_pool;
  const Network network = network_of(
      {3, 8, 8},
      {matrix_node("conv", {.input = {3, 8, 8}, .window = same3, .out_channels = 6}, 0, 1),
       node_of("pool", "MaxPool", pool, {1}, {6, 4, 4}),
       matrix_node("branch", {.input = {6, 4, 4}, .window = same3, .groups = 6, .out_channels = 6}, 2, 2),
       node_of("add", "Add", add, {3, 2}, {6, 4, 4}),
       node_of("mean", "GlobalAveragePool", global, {4}, {6, 1, 1}),
       matrix_node("fc", {.input = {6, 1, 1}, .window = {}, .out_channels = 10}, 5, 3)});
  return quantise(network,
                  {{0.02, 128}, {0.05, 120}, {0.05, 120}, {0.1, 128}, {0.1, 100}, {0.02, 60}, {0.02, 128}});
}

Images random_images(std::size_t count, const array::TensorShape& shape) {
  return {shape, count, false, random_patterns(count * shape.elements(), 11)};
}

const Preprocessing affine{{120, 100, 140}, {60, 50, 70}};

TEST(Executor, GivesEveryImageOfASetWhatItGivesTheImageAlone) {
  const QuantisedNetwork network = small_network();
  const Executor executor(network, {array_of(8, {})});
  const Images images = random_images(53, network.network.input);
  const auto outputs = executor.run(images, affine);
  ASSERT_EQ(outputs.size(), 53U * 10);
  for (std::size_t i = 0; i < images.count; ++i) {
    const auto alone = executor.run(encode_image(images, i, affine, network.encodings[0])).back();
    EXPECT_TRUE(std::equal(alone.begin(), alone.end(), outputs.begin() + static_cast<std::ptrdiff_t>(i * 10)))
        << i;
  }
  EXPECT_GT(std::set(outputs.begin(), outputs.end()).size(), 20U);
}

TEST(Executor, RecomputesANodeFromStoredTensors) {
  const QuantisedNetwork network = small_network();
  const Executor executor(network, {array_of(8, {})});
  const auto tensors = executor.run(random_patterns(network.network.input.elements(), 4));
  ASSERT_EQ(tensors.size(), network.network.nodes.size() + 1);
  for (std::size_t node = 0; node < network.network.nodes.size(); ++node) {
    std::vector<std::span<const std::uint8_t>> inputs;
    for (const TensorIndex tensor : network.network.nodes[node].inputs) inputs.emplace_back(tensors[tensor]);
    EXPECT_EQ(executor.run_node(node, inputs), tensors[node + 1]) << node;
  }
}

TEST(Executor, ComputesEachLayerOnTheArrayItWasGiven) {
  const QuantisedNetwork network = small_network();
  const auto input = random_patterns(network.network.input.elements(), 4);
  const array::ArrayConfig exact = array_of(8, {}), coarse = array_of(8, {.multiplier = "truncated(8)"});
  std::vector<array::ArrayConfig> arrays(network.network.nodes.size(), exact);
  const auto all_exact = Executor(network, arrays).run(input);
  arrays[2] = coarse;
  const auto one_coarse = Executor(network, arrays).run(input);
  EXPECT_EQ(one_coarse[1], all_exact[1]);
  EXPECT_NE(one_coarse[3], all_exact[3]);
}

TEST(Executor, ReportsProgressUpToTheLastImage) {
  const QuantisedNetwork network = small_network();
  std::vector<std::size_t> seen;
  Executor(network, {array_of(8, {})})
      .run(random_images(40, network.network.input), affine,
           [&](std::size_t finished) { seen.push_back(finished); });
  ASSERT_FALSE(seen.empty());
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), 40U);
}

TEST(Executor, HandsOnAnExceptionFromProgress) {
  const QuantisedNetwork network = small_network();
  const auto stop = [](std::size_t) { throw std::runtime_error("stop"); };
  EXPECT_THROW(
      Executor(network, {array_of(8, {})}).run(random_images(40, network.network.input), affine, stop),
      std::runtime_error);
}

TEST(Executor, RefusesPeTypesThatCannotTakeTheEncoding) {
  EXPECT_THAT(testing_support::error_of(
                  [] { Executor(small_network(), {array_of(8, {.format = pe::Format::s8s8})}); }),
              testing::HasSubstr("conv: PE type exact:s8s8 takes s8 activations, found u8"));
}

TEST(Executor, RefusesTensorsAndArraysOfOtherSizes) {
  const QuantisedNetwork network = small_network();
  EXPECT_THROW(Executor(network, std::vector<array::ArrayConfig>(2)), InputError);
  const Executor executor(network, {array_of(8, {})});
  EXPECT_THROW(executor.run(std::vector<std::uint8_t>(5)), std::invalid_argument);
  EXPECT_THROW(executor.run(random_images(2, {3, 8, 7}), affine), std::invalid_argument);
  const std::vector<std::uint8_t> wrong(5);
  EXPECT_THROW(executor.run_node(0, std::vector<std::span<const std::uint8_t>>{wrong}),
               std::invalid_argument);
  EXPECT_THROW(executor.run_node(99, {}), std::exception);
}

TEST(EncodeImage, PreprocessesInFloatAndEncodesInDouble) {
  const Images images{{3, 1, 1}, 1, false, {0, 100, 255}};
  const array::Encoding encoding{0.02, 128, false};
  const auto patterns = encode_image(images, 0, affine, encoding);
  EXPECT_EQ(patterns[0], 28);   // -2 / 0.02 + 128
  EXPECT_EQ(patterns[1], 128);  // 0
  EXPECT_EQ(patterns[2], 210);  // 1.642857 / 0.02 = 82.1
}

TEST(Integers, ReadPatternsAsTheEncodingDoes) {
  const std::vector<std::uint8_t> patterns{0, 127, 255};
  EXPECT_THAT(integers(patterns, {1, 0, false}), testing::ElementsAre(0, 127, 255));
  EXPECT_THAT(integers(patterns, {1, 0, true}), testing::ElementsAre(0, 127, -1));
}

}  // namespace
}  // namespace neartile::workloads
