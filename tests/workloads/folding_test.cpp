// Constants that an exporter computes in the graph.
#include <gmock/gmock.h>

#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

/// A constant reaches the output as the per-channel term of an Add, so the network shows its values.
Floats shown(ModelBuilder& m, const std::string& constant, std::size_t channels) {
  m.node("Cast", {constant}, "as_float").set("to", 1);
  m.node("Add", {"x", "as_float"});
  return m.run(Floats(channels, 0));
}

TEST(Folding, PadsAsTorchComputesThem) {
  // torch turns (before, after) pairs from the last axis on into ONNX's order: reshape to pairs,
  // reverse, transpose, flatten.
  ModelBuilder m({-1, 8});
  m.integers("given", {0, 1, 2, 3, 4, 5}).integers("missing", {2}).integers("pairs", {-1, 2});
  m.integers("zero", {0}).integers("last", {-1}).integers("front", {-INT64_MAX}).integers("flat", {-1});
  m.node("ConstantOfShape", {"missing"}, "zeros");
  m.graph().mutable_node(0)->add_attribute()->set_name("value");
  auto* value = m.graph().mutable_node(0)->mutable_attribute(0);
  value->set_type(onnx::AttributeProto::TENSOR);
  value->mutable_t()->set_data_type(onnx::TensorProto::INT64);
  value->mutable_t()->add_dims(1);
  value->mutable_t()->add_int64_data(0);
  m.node("Concat", {"given", "zeros"}, "all").set("axis", 0);
  m.node("Reshape", {"all", "pairs"}, "paired");
  m.node("Slice", {"paired", "last", "front", "zero", "last"}, "reversed");
  m.node("Transpose", {"reversed"}, "turned").set("perm", Sizes{1, 0});
  m.node("Reshape", {"turned", "flat"}, "pads");
  EXPECT_EQ(shown(m, "pads", 8), (Floats{0, 4, 2, 0, 0, 5, 3, 1}));
}

TEST(Folding, TheSizeOfATensorIsAConstant) {
  ModelBuilder m({-1, 3, 4, 5});
  m.integers("first", {0}).floats("w", {60, 1}, Floats(60, 1)).integers("rest", {-1});
  m.node("Shape", {"x"}, "shape");
  m.node("Gather", {"shape", "first"}, "n").set("axis", 0);
  m.node("Concat", {"n", "rest"}, "target").set("axis", 0);
  m.node("Reshape", {"x", "target"}, "flat");
  m.node("MatMul", {"flat", "w"});
  EXPECT_EQ(m.run(Floats(60, 2)), (Floats{120}));
}

TEST(Folding, ReadingATensorsSizeDoesNotKeepItFromBeingFused) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {1});
  m.node("Conv", {"x", "w"}, "c");
  m.node("Shape", {"c"}, "shape");
  m.node("Relu", {"c"}, "r");
  m.node("Reshape", {"r", "shape"});
  EXPECT_EQ(m.read().nodes.size(), 1u);
}

TEST(Folding, ComputesWithIntegersAndBroadcasts) {
  ModelBuilder m({-1, 4});
  m.integers("a", {-7, 8, 9, 10}).integers("two", {2}).integers("three", {3});
  m.node("Div", {"a", "two"}, "halves");       // -3 (towards zero), 4, 4, 5
  m.node("Mul", {"three", "halves"}, "more");  // -9, 12, 12, 15
  m.node("Sub", {"more", "two"}, "less");      // -11, 10, 10, 13
  m.node("Add", {"less", "a"}, "sum");
  EXPECT_EQ(shown(m, "sum", 4), (Floats{-18, 18, 19, 23}));
}

TEST(Folding, GathersSqueezesAndUnsqueezes) {
  ModelBuilder m({-1, 2});
  m.integers("a", {10, 20, 30}).integers("which", {-1, 0}).integers("axis", {0});
  m.node("Unsqueeze", {"a", "axis"}, "row");
  m.node("Gather", {"row", "which"}, "picked").set("axis", 1);
  m.node("Squeeze", {"picked", "axis"}, "plain");
  EXPECT_EQ(shown(m, "plain", 2), (Floats{30, 10}));
}

TEST(Folding, TransposesWeights) {
  ModelBuilder m({-1, 3});
  m.floats("w", {2, 3}, {1, 2, 3, 4, 5, 6});
  m.node("Transpose", {"w"}, "turned");
  m.node("MatMul", {"x", "turned"});
  EXPECT_EQ(m.run({1, 10, 100}), (Floats{321, 654}));
}

TEST(Folding, RefusesWhatIsTooLargeToCompute) {
  ModelBuilder m({-1, 2});
  m.integers("huge", {1 << 30, 2});
  m.node("ConstantOfShape", {"huge"}, "zeros");
  m.node("Add", {"x", "zeros"});
  EXPECT_EQ(m.error(),
            "model.onnx: node 'zeros' (ConstantOfShape): constants computed in the file are too large");
}

TEST(Folding, RefusesConstantsThatDoubleAgainAndAgain) {
  ModelBuilder m({-1, 2});
  m.integers("c0", Sizes(1024, 1));
  for (int i = 0; i < 40; ++i) {
    const std::string from = "c" + std::to_string(i);
    m.node("Concat", {from, from}, "c" + std::to_string(i + 1)).set("axis", 0);
  }
  m.node("Add", {"x", "c40"});
  EXPECT_THAT(m.error(), testing::HasSubstr("constants computed in the file are too large"));
}

TEST(Folding, RefusesDivisionByZero) {
  ModelBuilder m({-1, 2});
  m.integers("a", {1, 2}).integers("zero", {0});
  m.node("Div", {"a", "zero"}, "d");
  m.node("Add", {"x", "d"});
  EXPECT_EQ(m.error(), "model.onnx: node 'd' (Div): integer overflow or division by zero among constants");
}

}  // namespace
}  // namespace neartile::workloads
