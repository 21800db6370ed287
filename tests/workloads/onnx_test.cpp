// The importer as a whole: graphs and names.
#include "neartile/workloads/onnx.h"

#include <gmock/gmock.h>

#include "support/shared_data.h"
#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

TEST(Onnx, DropsNodesThatTheOutputDoesNotNeed) {
  ModelBuilder m({-1, 1, 1, 1});
  m.node("LSTM", {"x"}, "unused");
  m.node("Relu", {"x"});
  EXPECT_EQ(m.read().nodes.size(), 1u);
}

TEST(Onnx, SortsNodesThatComeInAnyOrder) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {2});
  m.node("Add", {"b", "a"});
  m.node("Conv", {"a", "w"}, "b");
  m.node("Conv", {"x", "w"}, "a");
  EXPECT_EQ(m.run({1}), (Floats{6}));
}

TEST(Onnx, NamesNodesAfterTheirOutputWhereTheyHaveNoName) {
  ModelBuilder m({-1, 1, 1, 1});
  m.node("Add", {"x", "x"}, "a").named("first");
  m.node("Add", {"a", "a"});
  const Network network = m.read();
  EXPECT_EQ(network.nodes[0].name, "first");
  EXPECT_EQ(network.nodes[1].name, "y");
  EXPECT_EQ(network.name, "model");
}

TEST(Onnx, ToleratesInitialisersListedAsInputs) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {2});
  ModelBuilder::value(m.graph().add_input(), "w", {1, 1, 1, 1});
  m.node("Conv", {"x", "w"});
  EXPECT_EQ(m.run({3}), (Floats{6}));
}

TEST(Onnx, FoldsTheSameWeightsFromAllExportsOfOneNetwork) {
  NEARTILE_NEEDS_SHARED();
  const auto folder = testing_support::shared_data() / "data/networks/cifar10";
  const Network folded = read_onnx(folder / "resnet20_folded.onnx");
  ASSERT_EQ(folded.nodes.size(), 34u);
  EXPECT_EQ(folded.macs(), 40551040u);
  for (const char* name : {"resnet20_bn.onnx", "resnet20_torchexport.onnx"}) {
    const Network other = read_onnx(folder / name);
    ASSERT_EQ(other.nodes.size(), folded.nodes.size()) << name;
    for (std::size_t i = 0; i < folded.nodes.size(); ++i) {
      EXPECT_EQ(other.nodes[i].type, folded.nodes[i].type);
      EXPECT_EQ(other.nodes[i].inputs, folded.nodes[i].inputs);
      EXPECT_EQ(other.nodes[i].shape, folded.nodes[i].shape);
      const auto* a = folded.nodes[i].matrix();
      const auto* b = other.nodes[i].matrix();
      ASSERT_EQ(a == nullptr, b == nullptr);
      if (!a) continue;
      EXPECT_EQ(a->clamp, b->clamp);
      EXPECT_THAT(b->weights, testing::Pointwise(testing::FloatNear(1e-5F), a->weights));
      EXPECT_THAT(b->bias, testing::Pointwise(testing::FloatNear(1e-5F), a->bias));
    }
  }
}

}  // namespace
}  // namespace neartile::workloads
