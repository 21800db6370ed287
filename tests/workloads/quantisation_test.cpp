#include "neartile/workloads/quantisation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "neartile/pe/base/error.h"
#include "support/error_of.h"
#include "support/small_networks.h"

namespace neartile::workloads {
namespace {

using array::ConvolutionShape;
using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::error_of;
using testing_support::matrix_node;
using testing_support::network_of;
using testing_support::node_of;

/// One fully connected layer of one output with these weights.
Network one_neuron(std::vector<float> weights, float bias) {
  Node node = matrix_node("fc", {.input = {weights.size(), 1, 1}, .window = {}, .out_channels = 1}, 0, 1);
  auto& layer = std::get<MatrixLayer>(node.layer);
  layer.weights = std::move(weights);
  layer.bias = {bias};
  return network_of({layer.weights.size(), 1, 1}, {node});
}

TEST(EncodingOf, SpreadsAnAffineRangeOver255Steps) {
  const array::Encoding encoding = encoding_of({-1, 3}, Scheme::affine_u8);
  EXPECT_EQ(encoding.scale, 4.0 / 255);
  EXPECT_EQ(encoding.zero_point, 64);  // rint(63.75)
  EXPECT_FALSE(encoding.is_signed);
}

TEST(EncodingOf, AlwaysIncludesZero) {
  EXPECT_EQ(encoding_of({1, 3}, Scheme::affine_u8), (array::Encoding{3.0 / 255, 0, false}));
  EXPECT_EQ(encoding_of({-3, -1}, Scheme::affine_u8), (array::Encoding{3.0 / 255, 255, false}));
}

TEST(EncodingOf, IsSymmetricRoundZeroForSignedActivations) {
  EXPECT_EQ(encoding_of({-2, 1}, Scheme::symmetric_s8), (array::Encoding{2.0 / 127, 0, true}));
  EXPECT_EQ(encoding_of({0, 5}, Scheme::symmetric_s8), (array::Encoding{5.0 / 127, 0, true}));
}

TEST(EncodingOf, HasScaleOneForARangeOfZeroWidth) {
  EXPECT_EQ(encoding_of({0, 0}, Scheme::affine_u8), (array::Encoding{1, 0, false}));
  EXPECT_EQ(encoding_of({0, 0}, Scheme::symmetric_s8), (array::Encoding{1, 0, true}));
}

TEST(EncodingOf, RefusesRangesThatAreNotFinite) {
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_THROW(encoding_of({0, infinity}, Scheme::affine_u8), InputError);
  EXPECT_THROW(encoding_of({std::nanf(""), 1}, Scheme::symmetric_s8), InputError);
}

RC_GTEST_PROP(EncodingOf, HoldsEveryRealOfTheRangeWithinAStep, ()) {
  const float low = static_cast<float>(*rc::gen::inRange(-100000, 100000)) / 1000;
  const float high = low + static_cast<float>(*rc::gen::inRange(1, 100000)) / 1000;
  for (const Scheme scheme : {Scheme::affine_u8, Scheme::symmetric_s8}) {
    const array::Encoding encoding = encoding_of({low, high}, scheme);
    for (const float real : {low, (low + high) / 2, high}) {
      const auto pattern = array::encode(real, encoding, array::integer_range(encoding, {}));
      RC_ASSERT(std::abs(encoding.real(pattern) - real) <= encoding.scale * 1.0001);
    }
  }
}

TEST(ChooseEncodings, LetsMovedPatternsKeepTheirEncoding) {
  VectorLayer pool, global;
  pool.kind = array::VectorKind::max_pool;
  global.kind = array::VectorKind::global_average_pool;
  const Network network = network_of({1, 2, 2}, {node_of("a", "MaxPool", pool, {0}, {1, 2, 2}),
                                                 node_of("b", "GlobalAveragePool", global, {1}, {1, 1, 1})});
  const auto encodings = choose_encodings(network, {{0, 255}, {0, 51}, {0, 25.5F}}, Scheme::affine_u8);
  EXPECT_THAT(encodings, ElementsAre(array::Encoding{1, 0, false}, array::Encoding{1, 0, false},
                                     array::Encoding{0.1, 0, false}));
}

TEST(ChooseEncodings, WantsOneRangeATensor) {
  EXPECT_THROW(choose_encodings(one_neuron({1}, 0), {{0, 1}}, Scheme::affine_u8), InputError);
}

TEST(Quantise, RoundsWeightsHalfToEven) {
  const auto quantised = quantise(one_neuron({127, 0.5F, 1.5F, -2.5F, -126.6F}, 0), {{1, 0}, {1, 0}});
  EXPECT_EQ(quantised.matrices[0].weight_scale[0], 1.0);
  EXPECT_THAT(quantised.matrices[0].weights, ElementsAre(127, 0, 2, -2, -127));
}

TEST(Quantise, ScalesEachChannelByItsLargestWeight) {
  Node node =
      matrix_node("conv", {.input = {1, 1, 2}, .window = {.kernel_width = 2}, .out_channels = 3}, 0, 1);
  std::get<MatrixLayer>(node.layer).weights = {1, -2, 0, 0, 100, 25};
  const auto matrix = quantise(network_of({1, 1, 2}, {node}), {{1, 0}, {1, 0}}).matrices[0];
  EXPECT_THAT(matrix.weight_scale, ElementsAre(2.0 / 127, 1.0, 100.0 / 127));
  EXPECT_THAT(matrix.weights, ElementsAre(64, 0, 127, -127, 0, 32));  // K x N; 63.5 and 31.75
}

TEST(Quantise, OrdersWeightsByRowColumnAndChannelWithinEachGroup) {
  const array::ConvolutionShape shape{
      .input = {4, 2, 2}, .window = {.kernel_height = 2, .kernel_width = 2}, .groups = 2, .out_channels = 4};
  Node node = matrix_node("conv", shape, 0, 1);
  auto& weights = std::get<MatrixLayer>(node.layer).weights;
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i);
  for (std::size_t o = 0; o < 4; ++o) weights[o * 8 + 7] = 127;  // scale 1
  const auto matrix = quantise(network_of({4, 2, 2}, {node}), {{1, 0}, {1, 0}}).matrices[0];
  for (std::size_t o = 0; o < 4; ++o) {
    for (std::size_t c = 0; c < 2; ++c) {
      for (std::size_t tap = 0; tap < 4; ++tap) {
        const std::size_t group = o / 2, k = tap * 2 + c, n = o % 2;
        EXPECT_EQ(matrix.weights[group * 16 + k * 2 + n], static_cast<int>(weights[o * 8 + c * 4 + tap]));
      }
    }
  }
}

TEST(Quantise, FoldsTheZeroPointIntoTheCorrection) {
  const auto matrix = quantise(one_neuron({127, -27}, 12.5F), {{0.5, 10}, {0.25, 0}}).matrices[0];
  EXPECT_EQ(matrix.bias[0], 25);  // 12.5 / (0.5 x 1)
  EXPECT_EQ(matrix.correction[0], 25 - 10 * (127 - 27));
  EXPECT_EQ(matrix.multiplier[0], 2.0);  // 0.5 x 1 / 0.25
}

TEST(Quantise, RoundsTheBiasHalfToEven) {
  EXPECT_EQ(quantise(one_neuron({127}, 2.5F), {{1, 0}, {1, 0}}).matrices[0].bias[0], 2);
  EXPECT_EQ(quantise(one_neuron({127}, -3.5F), {{1, 0}, {1, 0}}).matrices[0].bias[0], -4);
}

TEST(Quantise, NamesTheLayerWhoseBiasDoesNotFit) {
  EXPECT_THAT(error_of([] {
                quantise(one_neuron({127}, 1e10F), {{1, 0}, {1, 0}});
              }),
              HasSubstr("fc: integer bias 10000000000 of channel 0 does not fit 32 bits"));
}

TEST(Quantise, RefusesWhatItCannotEncode) {
  EXPECT_THAT(error_of([] { quantise(one_neuron({std::nanf("")}, 0), {{1, 0}, {1, 0}}); }), HasSubstr("fc"));
  EXPECT_THAT(error_of([] { quantise(one_neuron({1}, 0), {{1, 0}}); }), HasSubstr("2 encodings"));
  EXPECT_THAT(error_of([] { quantise(one_neuron({1}, 0), {{0, 0}, {1, 0}}); }), HasSubstr("scale 0"));
  EXPECT_THAT(error_of([] {
                quantise(one_neuron({1}, 0), {{1, 256}, {1, 0}});
              }),
              HasSubstr("zero point 256"));
}

TEST(Quantise, RefusesGraphsWhoseShapesDoNotFit) {
  const auto error = [](const auto& change) {
    Network network = one_neuron({1, 2}, 0);
    change(network.nodes[0], std::get<MatrixLayer>(network.nodes[0].layer).shape);
    return error_of([&] { quantise(network, {{1, 0}, {1, 0}}); });
  };
  EXPECT_EQ(error([](Node&, ConvolutionShape&) {}), "");
  const auto misfit = HasSubstr("fc: shapes of input, window and output do not fit");
  EXPECT_THAT(error([](Node&, ConvolutionShape& shape) { shape.groups = 0; }), misfit);
  EXPECT_THAT(error([](Node&, ConvolutionShape& shape) { shape.window.stride_width = 0; }), misfit);
  EXPECT_THAT(error([](Node&, ConvolutionShape& shape) { shape.window.kernel_height = 2; }), misfit);
  EXPECT_THAT(error([](Node&, ConvolutionShape& shape) { shape.input.channels = 3; }), misfit);
  EXPECT_THAT(error([](Node& node, ConvolutionShape&) { node.shape.width = 2; }), misfit);
  EXPECT_THAT(error([](Node& node, ConvolutionShape&) { node.inputs = {1}; }), HasSubstr("comes after it"));
  EXPECT_THAT(error([](Node& node, ConvolutionShape&) { node.inputs.clear(); }),
              HasSubstr("expected an input"));
}

TEST(Quantise, RefusesANewEncodingForMovedPatterns) {
  VectorLayer pool;
  pool.kind = array::VectorKind::max_pool;
  const Network network = network_of({1, 2, 2}, {node_of("pool", "MaxPool", pool, {0}, {1, 2, 2})});
  EXPECT_THAT(error_of([&] { quantise(network, {{1, 0}, {2, 0}}); }), HasSubstr("pool: MaxPool must keep"));
}

}  // namespace
}  // namespace neartile::workloads
