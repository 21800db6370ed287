// One small model an operator of matrices, its output computed by hand; lowering_vector_test.cpp has the
// others.
#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

TEST(Conv, MultipliesAndAddsItsBias) {
  ModelBuilder m({-1, 1, 3, 3});
  m.raw("w", {1, 1, 2, 2}, {1, 2, 3, 4}).floats("b", {1}, {10});
  m.node("Conv", {"x", "w", "b"});
  // Window at (0, 0): 1*1 + 2*2 + 4*3 + 5*4 = 37, and one step right or down adds 10 or 30.
  EXPECT_EQ(m.run(counted(9)), (Floats{47, 57, 77, 87}));
  EXPECT_EQ(m.read().macs(), 16u);
}

TEST(Conv, ReadsStridesPadsDilationsAndGroups) {
  ModelBuilder m({1, 2, 4, 4});
  m.floats("w", {2, 1, 2, 2}, {1, 0, 0, 1, 0, 2, 0, 0});
  m.node("Conv", {"x", "w"})
      .set("kernel_shape", Sizes{2, 2})
      .set("strides", Sizes{1, 2})
      .set("pads", Sizes{1, 0, 0, 1})
      .set("dilations", Sizes{2, 2})
      .set("group", 2);
  // Padded to 5 x 5 (one row above, one column at the right), reach 3 x 3: 3 x 2 places.
  const Floats x = counted(32);
  const auto at = [&](int c, int y, int column) {
    return y < 1 || column > 3 ? 0.0F : x[static_cast<std::size_t>(c * 16 + (y - 1) * 4 + column)];
  };
  Floats expected;
  for (int c = 0; c < 2; ++c) {
    for (int y = 0; y < 3; ++y) {
      for (int column = 0; column < 4; column += 2) {
        expected.push_back(c == 0 ? at(c, y, column) + at(c, y + 2, column + 2) : 2 * at(c, y, column + 2));
      }
    }
  }
  EXPECT_EQ(m.run(x), expected);
}

TEST(Conv, PadsLikeTensorFlowWhereAskedTo) {
  for (const bool upper : {true, false}) {
    ModelBuilder m({-1, 1, 1, 4});
    m.floats("w", {1, 1, 1, 2}, {1, 10});
    m.node("Conv", {"x", "w"}).set("auto_pad", upper ? "SAME_UPPER" : "SAME_LOWER");
    EXPECT_EQ(m.run({1, 2, 3, 4}), upper ? (Floats{21, 32, 43, 4}) : (Floats{10, 21, 32, 43}));
  }
  ModelBuilder valid({-1, 1, 1, 4});
  valid.floats("w", {1, 1, 1, 2}, {1, 10});
  valid.node("Conv", {"x", "w"}).set("auto_pad", "VALID");
  EXPECT_EQ(valid.run({1, 2, 3, 4}), (Floats{21, 32, 43}));
}

TEST(Conv, TakesHalfAndDoubleWeights) {
  ModelBuilder half({-1, 3, 1, 1});
  auto* tensor = half.initialiser("w", {1, 3, 1, 1}, onnx::TensorProto::FLOAT16);
  for (const int bits : {0x3c00, 0xc100, 0x0001}) tensor->add_int32_data(bits);  // 1, -2.5, 2^-24
  half.node("Conv", {"x", "w"});
  EXPECT_EQ(half.run({1, 2, 16777216}), (Floats{1 - 5 + 1}));
  ModelBuilder twice({-1, 1, 1, 1});
  twice.initialiser("w", {1, 1, 1, 1}, onnx::TensorProto::DOUBLE)->add_double_data(0.5);
  twice.node("Conv", {"x", "w"});
  EXPECT_EQ(twice.run({3}), (Floats{1.5}));
}

TEST(Gemm, ScalesTransposesAndAddsItsBias) {
  for (const bool transposed : {false, true}) {
    ModelBuilder m({-1, 3});
    m.floats("w", transposed ? Sizes{2, 3} : Sizes{3, 2},
             transposed ? Floats{1, 2, 3, 4, 5, 6} : Floats{1, 4, 2, 5, 3, 6});
    m.floats("b", {2}, {10, 20});
    m.node("Gemm", {"x", "w", "b"}).set("alpha", 2.0F).set("beta", 0.5F).set("transB", transposed ? 1 : 0);
    EXPECT_EQ(m.run({1, 1, 2}), (Floats{2 * 9 + 5, 2 * 21 + 10}));
  }
}

TEST(Gemm, TakesABiasForAllOutputs) {
  ModelBuilder m({-1, 1});
  m.floats("w", {1, 2}, {1, 2}).floats("b", {}, {5});
  m.node("Gemm", {"x", "w", "b"});
  EXPECT_EQ(m.run({1}), (Floats{6, 7}));
}

TEST(Gemm, AfterAFlattenIsAConvolutionAsLargeAsItsInput) {
  ModelBuilder m({-1, 2, 2, 3});
  Floats w = counted(12);
  m.floats("w", {1, 12}, w);
  m.node("Flatten", {"x"}, "flat");
  m.node("Gemm", {"flat", "w"}).set("transB", 1);
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  const auto* layer = network.nodes[0].matrix();
  EXPECT_EQ(layer->shape.window.kernel_height, 2u);
  EXPECT_EQ(layer->shape.window.kernel_width, 3u);
  EXPECT_EQ(layer->weights, w);
  EXPECT_EQ(network.nodes[0].type, "Gemm");
  float expected = 0;
  for (int i = 1; i <= 12; ++i) expected += static_cast<float>(i * i);
  EXPECT_EQ(m.run(counted(12)), (Floats{expected}));
}

TEST(MatMul, TakesTheBiasOfTheAddBehindIt) {
  ModelBuilder m({-1, 2});
  m.floats("w", {2, 2}, {1, 2, 3, 4}).floats("b", {2}, {10, 20});
  m.node("MatMul", {"x", "w"}, "product");
  m.node("Add", {"b", "product"});
  EXPECT_EQ(m.read().nodes.size(), 1u);
  EXPECT_EQ(m.run({1, 1}), (Floats{14, 26}));
}

TEST(BatchNormalization, FoldsIntoTheConvolutionBefore) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {2, 1, 1, 1}, {1, 2}).floats("cb", {2}, {1, 1});
  m.floats("g", {2}, {3, 4}).floats("b", {2}, {5, 6}).floats("mean", {2}, {7, 8}).floats("v", {2}, {4, 16});
  m.node("Conv", {"x", "w", "cb"}, "c");
  m.node("BatchNormalization", {"c", "g", "b", "mean", "v"}).set("epsilon", 0.0F);
  EXPECT_EQ(m.read().nodes.size(), 1u);
  // (10 + 1 - 7) 3/2 + 5; (20 + 1 - 8) 4/4 + 6
  EXPECT_EQ(m.run({10}), (Floats{11, 19}));
}

TEST(BatchNormalization, StandsAloneWhereTheConvolutionHasOtherReaders) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {2});
  for (const char* one : {"g", "b", "mean", "v"}) m.floats(one, {1}, {1});
  m.node("Conv", {"x", "w"}, "c");
  m.node("BatchNormalization", {"c", "g", "b", "mean", "v"}, "n").set("epsilon", 0.0F);
  m.node("Add", {"c", "n"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 3u);
  EXPECT_EQ(network.nodes[1].type, "BatchNormalization");
  EXPECT_EQ(network.nodes[1].matrix()->shape.groups, 1u);
  EXPECT_EQ(m.run({5}), (Floats{20}));
}

TEST(Scaling, ByAConstantOfEachChannelIsADepthwiseConvolution) {
  ModelBuilder m({-1, 2, 1, 2});
  m.floats("k", {2, 1, 1}, {2, 3});
  m.node("Mul", {"x", "k"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  EXPECT_EQ(network.nodes[0].matrix()->shape.groups, 2u);
  EXPECT_EQ(m.run({1, 2, 3, 4}), (Floats{2, 4, 9, 12}));
}

TEST(Scaling, OfAllKindsFoldsIntoTheLayerBefore) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {1}).floats("two", {}, {2}).floats("four", {1}, {4});
  m.node("Conv", {"x", "w"}, "c");
  m.node("Mul", {"c", "four"}, "m");
  m.node("Div", {"m", "two"}, "d");
  m.node("Sub", {"d", "four"}, "s");
  m.node("Sub", {"two", "s"}, "r");
  m.node("Add", {"r", "four"});
  EXPECT_EQ(m.read().nodes.size(), 1u);
  EXPECT_EQ(m.run({3}), (Floats{2 - (3 * 4 / 2 - 4) + 4}));
}

TEST(Scaling, AfterAnActivationDoesNotFold) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {1}).floats("k", {}, {-2});
  m.node("Conv", {"x", "w"}, "c");
  m.node("Relu", {"c"}, "r");
  m.node("Mul", {"r", "k"});
  EXPECT_EQ(m.read().nodes.size(), 2u);
  EXPECT_EQ(m.run({3}), (Floats{-6}));
  EXPECT_EQ(m.run({-3}), (Floats{0}));
}

}  // namespace
}  // namespace neartile::workloads
