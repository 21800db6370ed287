#include "neartile/workloads/drawn_network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "neartile/workloads/executor.h"
#include "neartile/workloads/layer_table.h"

namespace neartile::workloads {
namespace {

Network table(const std::string& name) {
  return read_layer_table(std::string(NEARTILE_SOURCE_DIR) + "/testbenches/layers/" + name + ".csv");
}

TEST(DrawnNetwork, EveryLayerOfEveryTableReadsATensorOfItsShape) {
  for (const char* name :
       {"resnet18", "resnet50", "mobilenet_v2", "squeezenet1_1", "vgg16", "bert_base_seq128"}) {
    const Network rows = table(name), network = connect(rows);
    std::size_t found = 0;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
      const Node& node = network.nodes[i];
      ASSERT_EQ(node.inputs.size(), 1u);
      ASSERT_LE(node.inputs[0], i) << name << " " << node.name;
      if (const auto* matrix = node.matrix()) {
        EXPECT_EQ(network.shape_of(node.inputs[0]), matrix->shape.input) << name << " " << node.name;
      }
      if (found < rows.nodes.size() && node.name == rows.nodes[found].name) ++found;
    }
    EXPECT_EQ(found, rows.nodes.size()) << name;
  }
}

TEST(DrawnNetwork, ResNet50NeedsNoVectorNodesThatItsTableDoesNotHave) {
  const Network rows = table("resnet50"), network = connect(rows);
  ASSERT_EQ(network.nodes.size(), rows.nodes.size());
  for (std::size_t i = 0; i < rows.nodes.size(); ++i)
    if (rows.nodes[i].name == "layer1.0.downsample.0") {
      EXPECT_EQ(network.shape_of(network.nodes[i].inputs[0]), (array::TensorShape{64, 56, 56}));
    }
}

// As drawn activations: about half are 0, the others use the range and seldom its end.
TEST(DrawnNetwork, ActivationsKeepTheirSpreadFromLayerToLayer) {
  const Network rows = parse_layer_table(
      "name,type,in_h,in_w,in_c,k_h,k_w,stride_h,stride_w,pad_h,pad_w,groups,out_h,out_w,out_c,gemm_m,"
      "gemm_n,gemm_k\n"
      "a,conv,12,12,16,3,3,1,1,1,1,1,12,12,32,144,32,144\n"
      "b,conv,12,12,32,3,3,1,1,1,1,1,12,12,32,144,32,288\n"
      "c,conv,12,12,32,1,1,1,1,0,0,1,12,12,64,144,64,32\n"
      "d,conv,12,12,64,1,1,1,1,0,0,1,12,12,64,144,64,64\n",
      "test", "four");
  for (const pe::Format format : {pe::Format::u8s8, pe::Format::s8s8}) {
    OperandSettings settings;
    const QuantisedNetwork network = draw_network(settings, rows, format);
    const auto operands = draw_operands(settings, rows, 0, format);
    EXPECT_EQ(network.matrices[0].weights, operands.weights);
    const auto tensors = Executor(network, std::vector<array::ArrayConfig>(4,
                                                                           [&] {
                                                                             array::ArrayConfig array;
                                                                             array.pe.format = format;
                                                                             return array;
                                                                           }()))
                             .run(operands.input);
    for (std::size_t t = 1; t < tensors.size(); ++t) {
      const auto zeros = static_cast<double>(std::ranges::count(tensors[t], 0));
      EXPECT_NEAR(zeros / static_cast<double>(tensors[t].size()), 0.5, 0.2) << t;
      EXPECT_GT(std::set<std::uint8_t>(tensors[t].begin(), tensors[t].end()).size(), 40u) << t;
    }
  }
}

}  // namespace
}  // namespace neartile::workloads
