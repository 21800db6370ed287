#include "neartile/workloads/layer_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/error_of.h"

namespace neartile::workloads {
namespace {

using neartile::testing_support::error_of;
using testing::HasSubstr;

const std::filesystem::path shipped = NEARTILE_SOURCE_DIR "/testbenches/layers";

// Columns of a whole row; `row` is what stands below them.
std::string table(const std::string& row) {
  return "name,type,in_h,in_w,in_c,k_h,k_w,stride_h,stride_w,pad_h,pad_w,groups,out_h,out_w,out_c,macs,gemm_"
         "m,gemm_n,"
         "gemm_k,gemm_count\n" +
         row + "\n";
}

TEST(LayerTable, ConvolutionsHaveTheirShape) {
  const Network network =
      parse_layer_table(table("c,conv,9,8,6,3,2,2,1,1,0,3,5,7,12,5040,35,4,12,3"), "t.csv", "t");
  ASSERT_EQ(network.nodes.size(), 1u);
  const auto& shape = network.nodes[0].matrix()->shape;
  EXPECT_EQ(network.input, (array::TensorShape{6, 9, 8}));
  EXPECT_EQ(shape.output(), (array::TensorShape{12, 5, 7}));
  EXPECT_EQ(shape.m(), 35u);
  EXPECT_EQ(shape.n(), 4u);
  EXPECT_EQ(shape.k(), 12u);
  EXPECT_EQ(network.nodes[0].type, "Conv");
}

TEST(LayerTable, OfProductsNeedsFourColumns) {
  const Network network =
      parse_layer_table("\nname, gemm_m ,gemm_k,gemm_n\r\nq,5,7,3\r\n\r\nv,1,2,3", "t.csv", "t");
  ASSERT_EQ(network.nodes.size(), 2u);
  const auto& shape = network.nodes[0].matrix()->shape;
  EXPECT_EQ(shape.m(), 5u);
  EXPECT_EQ(shape.k(), 7u);
  EXPECT_EQ(shape.n(), 3u);
  EXPECT_EQ(network.nodes[0].type, "Gemm");
  EXPECT_EQ(network.macs(), 5u * 7 * 3 + 2 * 3);
}

TEST(LayerTable, ProductsOfTwoActivationsAreGroups) {
  const Network network = parse_layer_table(
      "name,type,gemm_m,gemm_n,gemm_k,gemm_count\nqk,matmul_act,128,96,64,12\n", "t.csv", "t");
  const auto& shape = network.nodes[0].matrix()->shape;
  EXPECT_EQ(std::tuple(shape.m(), shape.n(), shape.k(), shape.groups), std::tuple(128, 96, 64, 12));
  EXPECT_EQ(network.nodes[0].type, "MatMul");
}

// The makers' counts; published figures round to them (testbenches/layers/README.md).
TEST(LayerTable, ShippedOnesHaveTheirMacs) {
  const std::pair<const char*, std::uint64_t> macs[] = {
      {"resnet18", 1814073344},          {"resnet50", 4089184256},         {"mobilenet_v2", 300774272},
      {"efficientnet_b0", 385814752},    {"vgg16", 15470264320},           {"squeezenet1_1", 349151936},
      {"bert_base_seq128", 11174215680}, {"bert_base_seq384", 35333406720}};
  for (const auto& [name, expected] : macs) {
    const Network network = read_layer_table(shipped / (std::string(name) + ".csv"));
    EXPECT_EQ(network.name, name);
    EXPECT_EQ(network.macs(), expected) << name;
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(shipped), {}), std::ssize(macs) + 1)
      << "and a README";
}

void expect_error(const std::string& text, const std::string& expected) {
  const std::string error = error_of([&] { parse_layer_table(text, "t.csv", "t"); });
  EXPECT_THAT(error, testing::StartsWith("t.csv:")) << text;
  EXPECT_THAT(error, HasSubstr(expected));
}

TEST(LayerTableErrors, NameTheLineOfTheTable) {
  expect_error("", "has no rows");
  expect_error("name,gemm_m,gemm_n,gemm_k\n\n", "t.csv: has no rows");
  expect_error("name,gemm_m,gemm_n\na,1,1\n", "t.csv:1: has no column \"gemm_k\"");
  expect_error("name,gemm_m,gemm_n,gemm_k,colour\na,1,1,1,red\n",
               "t.csv:1: unknown column \"colour\", expected some of");
  expect_error("name,gemm_m,gemm_m\na,1,1\n", "t.csv:1: column \"gemm_m\" is there twice");
  expect_error("name,gemm_m,gemm_n,gemm_k\na,1,1\n", "t.csv:2: has 3 cells, expected 4");
  expect_error("name,gemm_m,gemm_n,gemm_k\na,1,1,1,\n", "t.csv:2: has 5 cells, expected 4");
  expect_error("name,gemm_m,gemm_n,gemm_k\n\n\"a\",1,1,1\n", "t.csv:3: has a quotation mark");
  expect_error("name,gemm_m,gemm_n,gemm_k\na,1,1,1\na,1,1,1\n", "t.csv:3: name \"a\" is there already");
  expect_error("name,gemm_m,gemm_n,gemm_k\n,1,1,1\n", "t.csv:2: name is \"\"");
  expect_error("name,gemm_m,gemm_n,gemm_k\n" + std::string(201, 'a') + ",1,1,1\n",
               "expected 1 to 200 printable");
  expect_error("name,gemm_m,gemm_n,gemm_k\n\xff,1,1,1\n", "printable");
  expect_error(std::string(1000, ','), "t.csv:1: ");
}

TEST(LayerTableErrors, NumbersAreWholeAndInBounds) {
  for (const char* number :
       {"", "-1", "+1", "1.5", "1e3", "0x10", "one", "16777217", "99999999999999999999999"})
    expect_error(std::string("name,gemm_m,gemm_n,gemm_k\na,1,") + number + ",1\n",
                 "t.csv:2: gemm_n is \"" + std::string(number).substr(0, 40) +
                     "\", expected a whole number, 0 to 16777216");
  expect_error("name,gemm_m,gemm_n,gemm_k\na,1,0,1\n", "gemm_n is 0, expected 1 to");
}

TEST(LayerTableErrors, ShapesAreOfSensibleSize) {
  expect_error("name,gemm_m,gemm_n,gemm_k\na,16777216,1,16777216\n",
               "t.csv:2: is a product of 16777216 x 16777216");
  expect_error("name,gemm_m,gemm_n,gemm_k,gemm_count\na,1,1,16777216,16777216\n", "elements a tensor");
  expect_error(table("c,conv,16777216,16777216,1,1,1,1,1,0,0,1,1,1,1,1,1,1,1,1"), "too large");
  expect_error(table("c,conv,1,1,1,1,1,1,1,65536,65536,1,131073,131073,1,1,1,1,1,1"), "too large");
  std::string many = "name,gemm_m,gemm_n,gemm_k\n";
  for (int i = 0; i < 4097; ++i) many += std::to_string(i) + ",1,1,1\n";
  expect_error(many, "t.csv:4098: expected at most 4096 rows");
}

TEST(LayerTableErrors, ColumnsAgree) {
  const auto with = [](const std::string& from, const std::string& to) {
    std::string row = "c,conv,9,8,6,3,2,2,1,1,0,3,5,7,12,5040,35,4,12,3";
    return table(row.replace(row.find(from), from.size(), to));
  };
  expect_error(with("5040", "5041"), "t.csv:2: macs is 5041, expected 5040 from the other columns");
  expect_error(with("35,4", "36,4"), "gemm_m is 36, expected 35");
  expect_error(with("4,12,3", "5,12,3"), "gemm_n is 5, expected 4");
  expect_error(with("12,3", "13,3"), "gemm_k is 13, expected 12");
  expect_error(with(",5,7,12", ",6,7,12"), "out_h is 6, expected 5");
  expect_error(with("conv", "convolution"),
               "type is \"convolution\", expected one of conv, depthwise_conv, fc");
  expect_error(with("conv", "depthwise_conv"), "has 3 groups, expected 6, one a channel");
  expect_error(with(",0,3,5", ",0,5,5"), "groups of whole channels");
  expect_error(with("9,8,6,3,2", "9,8,6,12,2"), "window does not fit");
  expect_error(with("conv", "maxpool"), "macs is 5040, expected 0");
  expect_error("name,type,gemm_m,gemm_n,gemm_k\na,conv,1,1,1\n", "t.csv:1: has no column \"in_h\"");
  expect_error(table("p,maxpool,4,4,2,2,2,2,2,0,0,1,2,2,2,0,0,0,0,0"), "has no layer for arrays");
}

}  // namespace
}  // namespace neartile::workloads
