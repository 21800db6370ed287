// One small model an operator of vectors and shapes, its output computed by hand.
#include <cmath>

#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

using array::VectorKind;

VectorKind kind_of(const Node& node) {
  return node.vector()->kind;
}

TEST(Relu, FusesIntoTheLayerBeforeAndNamesItsOutput) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {1});
  m.node("Conv", {"x", "w"}, "c").named("conv");
  m.node("Relu", {"c"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  EXPECT_EQ(network.nodes[0].name, "conv");
  EXPECT_EQ(network.nodes[0].output, "y");
  EXPECT_EQ(network.nodes[0].matrix()->clamp.minimum, 0);
  EXPECT_EQ(m.run({-1}), (Floats{0}));
}

TEST(Relu, IsALayerWhereTheTensorIsReadTwice) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {1});
  m.node("Conv", {"x", "w"}, "c");
  m.node("Relu", {"c"}, "r");
  m.node("Add", {"c", "r"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 3u);
  EXPECT_EQ(kind_of(network.nodes[1]), VectorKind::clip);
  EXPECT_EQ(m.run({-2}), (Floats{-2}));
}

TEST(Relu, IsALayerWhereItsReaderIsAnIdentityWithCompany) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {1});
  m.node("Conv", {"x", "w"}, "c");
  m.node("Identity", {"c"}, "same");
  m.node("Relu", {"same"}, "r");
  m.node("Add", {"c", "r"});
  EXPECT_EQ(m.run({-2}), (Floats{-2}));
}

TEST(Clip, TakesItsBoundsFromInputsOrAttributes) {
  for (const bool attributes : {false, true}) {
    ModelBuilder m({-1, 1, 1, 3}, attributes ? 10 : 13);
    m.floats("min", {}, {-1}).floats("max", {}, {2});
    if (attributes) {
      m.node("Clip", {"x"}).set("min", -1.0F).set("max", 2.0F);
    } else {
      m.node("Clip", {"x", "min", "max"});
    }
    EXPECT_EQ(m.run({-3, 1, 5}), (Floats{-1, 1, 2}));
  }
  ModelBuilder open({-1, 1, 1, 3});
  open.floats("max", {}, {2});
  open.node("Clip", {"x", "", "max"});
  EXPECT_EQ(open.run({-3, 1, 5}), (Floats{-3, 1, 2}));
}

TEST(Clip, AfterReluClampsTwice) {
  ModelBuilder m({-1, 1, 1, 3});
  m.floats("min", {}, {-1}).floats("max", {}, {2});
  m.node("Relu", {"x"}, "r");
  m.node("Clip", {"r", "min", "max"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  EXPECT_EQ(network.nodes[0].vector()->clamp, (array::Clamp{0, 2}));
  EXPECT_EQ(m.run({-3, 1, 5}), (Floats{0, 1, 2}));
}

TEST(Add, OfTwoTensorsTakesTheReluBehindIt) {
  ModelBuilder m({-1, 1, 1, 2});
  m.node("Add", {"x", "x"}, "a");
  m.node("Relu", {"a"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  EXPECT_EQ(network.nodes[0].inputs, (std::vector<TensorIndex>{0, 0}));
  EXPECT_EQ(m.run({-1, 2}), (Floats{0, 4}));
}

TEST(Slice, TakesEveryNthOfEachAxis) {
  ModelBuilder m({-1, 2, 4, 4});
  m.integers("starts", {1, -4, 1}).integers("ends", {2, INT64_MAX, -1}).integers("axes", {1, 2, -1});
  m.integers("steps", {1, 2, 1});
  m.node("Slice", {"x", "starts", "ends", "axes", "steps"});
  EXPECT_EQ(m.run(counted(32, 0)), (Floats{17, 18, 25, 26}));
}

TEST(Slice, OfASliceIsOneLayer) {
  ModelBuilder m({-1, 1, 6, 6});
  m.integers("start", {1}).integers("end", {6}).integers("h", {2}).integers("w", {3}).integers("two", {2});
  m.node("Slice", {"x", "start", "end", "h", "two"}, "rows");
  m.node("Slice", {"rows", "start", "end", "w", "two"}, "columns");
  m.node("Slice", {"columns", "start", "end", "w"});
  EXPECT_EQ(m.read().nodes.size(), 1u);
  EXPECT_EQ(m.run(counted(36, 0)), (Floats{9, 11, 21, 23, 33, 35}));
}

TEST(Slice, ReadsAttributesOfOldOperatorSets) {
  ModelBuilder m({-1, 3, 1, 1}, 9);
  m.node("Slice", {"x"}).set("starts", Sizes{1}).set("ends", Sizes{3}).set("axes", Sizes{1});
  EXPECT_EQ(m.run({1, 2, 3}), (Floats{2, 3}));
}

TEST(Pad, PutsZerosRoundEachAxis) {
  ModelBuilder m({-1, 1, 1, 2});
  m.integers("pads", {0, 1, 0, 1, 0, 0, 1, 0}).floats("zero", {}, {0});
  m.node("Pad", {"x", "pads", "zero"}).set("mode", "constant");
  EXPECT_EQ(m.run({5, 6}), (Floats{0, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0}));
}

TEST(Concat, JoinsChannels) {
  ModelBuilder m({-1, 1, 1, 2});
  m.node("Relu", {"x"}, "r");
  m.node("Concat", {"x", "r", "x"}).set("axis", 1);
  EXPECT_EQ(m.run({-1, 2}), (Floats{-1, 2, 0, 2, -1, 2}));
}

TEST(MaxPool, SkipsItsPadding) {
  ModelBuilder m({-1, 1, 3, 3});
  m.node("MaxPool", {"x"})
      .set("kernel_shape", Sizes{2, 2})
      .set("strides", Sizes{2, 2})
      .set("pads", Sizes{1, 1, 0, 0});
  EXPECT_EQ(m.run({-9, -8, -7, -6, -5, -4, -3, -2, -1}), (Floats{-9, -7, -3, -1}));
}

TEST(MaxPool, TakesCeilModeWhereItChangesNothing) {
  ModelBuilder even({-1, 1, 1, 4});
  even.node("MaxPool", {"x"})
      .set("kernel_shape", Sizes{1, 2})
      .set("strides", Sizes{1, 2})
      .set("ceil_mode", 1);
  EXPECT_EQ(even.run({1, 2, 3, 4}), (Floats{2, 4}));
}

TEST(AveragePool, DividesByThePixelsItCovers) {
  for (const int count_padding : {0, 1}) {
    ModelBuilder m({-1, 1, 1, 3});
    m.node("AveragePool", {"x"})
        .set("kernel_shape", Sizes{1, 2})
        .set("strides", Sizes{1, 2})
        .set("pads", Sizes{0, 1, 0, 0})
        .set("count_include_pad", count_padding);
    EXPECT_EQ(m.run({4, 6, 8}), count_padding ? (Floats{2, 7}) : (Floats{4, 7}));
  }
}

TEST(GlobalPools, ReduceEachChannelToOnePixel) {
  ModelBuilder average({-1, 2, 1, 2});
  average.node("GlobalAveragePool", {"x"});
  EXPECT_EQ(average.run({1, 2, 3, 5}), (Floats{1.5, 4}));
  ModelBuilder largest({-1, 2, 1, 2});
  largest.node("GlobalMaxPool", {"x"});
  EXPECT_EQ(largest.run({1, 2, 3, 5}), (Floats{2, 5}));
  ModelBuilder mean({-1, 2, 1, 2});
  mean.node("ReduceMean", {"x"}).set("axes", Sizes{-1, -2}).set("keepdims", 0);
  EXPECT_EQ(kind_of(mean.read().nodes[0]), VectorKind::global_average_pool);
}

TEST(Softmax, SumsToOne) {
  ModelBuilder m({-1, 2});
  m.node("Softmax", {"x"});
  const Floats y = m.run({1000, 1000 + std::log(3.0F)});
  EXPECT_NEAR(y[0], 0.25, 1e-4);
  EXPECT_NEAR(y[0] + y[1], 1, 1e-6);
}

TEST(Flatten, AtTheEndIsALayerInChwOrder) {
  ModelBuilder m({-1, 2, 1, 2});
  m.node("Flatten", {"x"}).named("flatten");
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  EXPECT_EQ(kind_of(network.nodes[0]), VectorKind::flatten);
  EXPECT_EQ(network.nodes[0].shape, (array::TensorShape{4, 1, 1}));
  EXPECT_EQ(m.run({1, 2, 3, 4}), (Floats{1, 2, 3, 4}));
}

TEST(Flatten, OfOnePixelDisappearsAndTheLayerBeforeTakesTheOutputsName) {
  ModelBuilder m({-1, 2, 2, 2});
  m.node("GlobalAveragePool", {"x"}, "pooled").named("pool");
  m.node("Flatten", {"pooled"});
  const Network network = m.read();
  ASSERT_EQ(network.nodes.size(), 1u);
  EXPECT_EQ(network.nodes[0].name, "pool");
  EXPECT_EQ(network.nodes[0].output, "y");
}

TEST(Flatten, ForTwoReadersIsDoneOnceForTheOneThatNeedsIt) {
  ModelBuilder m({-1, 2, 1, 2});
  m.floats("w", {4, 4}, {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});
  m.node("Flatten", {"x"}, "flat");
  m.node("MatMul", {"flat", "w"}, "same");
  m.node("Add", {"same", "flat"}, "twice");
  m.node("Add", {"twice", "flat"});
  EXPECT_EQ(m.run({1, 2, 3, 4}), (Floats{3, 6, 9, 12}));
  EXPECT_EQ(m.read().nodes.size(), 4u);
}

TEST(Reshape, ThatFlattensIsOneWhateverTheBatch) {
  for (const std::int64_t batch : {-1, 1, 8}) {
    for (const Sizes& target : {Sizes{-1, 4}, Sizes{0, -1}, Sizes{batch < 0 ? 1 : batch, 4}}) {
      ModelBuilder m({batch, 2, 1, 2});
      m.floats("w", {4, 1}, {1, 10, 100, 1000}).integers("shape", target);
      m.node("Reshape", {"x", "shape"}, "flat");
      m.node("Dropout", {"flat"}, "kept");
      m.node("MatMul", {"kept", "w"});
      EXPECT_EQ(m.run({1, 2, 3, 4}), (Floats{4321})) << m.error();
    }
  }
}

TEST(Reshape, BackToImagesUndoesTheFlatten) {
  ModelBuilder m({-1, 2, 1, 2});
  m.integers("axes", {2, 3}).integers("back", {0, 2, 1, 1});
  m.node("GlobalAveragePool", {"x"}, "pooled");
  m.node("Squeeze", {"pooled", "axes"}, "vector");
  m.node("Reshape", {"vector", "back"}, "image");
  m.node("GlobalMaxPool", {"image"});
  EXPECT_EQ(m.run({1, 3, 5, 7}), (Floats{2, 6}));
}

TEST(Identity, AndDropoutAndCastToFloatDisappear) {
  ModelBuilder m({-1, 1, 1, 1});
  m.node("Identity", {"x"}, "a");
  m.node("Dropout", {"a"}, "b").set("ratio", 0.5F);
  m.node("Cast", {"b"}, "c").set("to", 1);
  m.node("Relu", {"c"});
  EXPECT_EQ(m.read().nodes.size(), 1u);
}

}  // namespace
}  // namespace neartile::workloads
