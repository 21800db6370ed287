// What the importer refuses, and the one line it says.
#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A model that must be refused, and the line.
struct Bad {
  std::string line;
  std::function<void(ModelBuilder&)> build;
  std::int64_t opset = 13;
};

void expect_lines(const std::vector<Bad>& table, const Sizes& input) {
  for (const Bad& bad : table) {
    ModelBuilder m(input, bad.opset);
    bad.build(m);
    EXPECT_EQ(m.error(), "model.onnx: " + bad.line);
  }
}

TEST(OnnxErrors, SaysWhatIsWrongWithAGraph) {
  using M = ModelBuilder;
  expect_lines(
      {
          {"no node makes the output 'y'", [](M&) {}},
          {"node 'y' (Relu): its input 'nowhere' is not defined", [](M& m) { m.node("Relu", {"nowhere"}); }},
          {"node 'y' (Add): is part of a cycle",
           [](M& m) {
             m.node("Add", {"x", "b"});
             m.node("Relu", {"y"}, "b");
           }},
          {"node 'y' (Relu): its output 'y' is defined twice",
           [](M& m) {
             m.node("Relu", {"x"});
             m.node("Relu", {"x"});
           }},
          {"2 inputs ('x', 'z'), expected 1",
           [](M& m) {
             m.node("Relu", {"x"});
             M::value(m.graph().add_input(), "z", {1, 1});
           }},
          {"2 outputs ('y', 'z'), expected 1",
           [](M& m) {
             m.node("Relu", {"x"});
             M::value(m.graph().add_output(), "z", {1, 1});
           }},
          {"input 'x': dimension 2 is dynamic; only the batch (0) may be",
           [](M& m) {
             m.node("Relu", {"x"});
             M::value((m.graph().clear_input(), m.graph().add_input()), "x", {-1, 3, -1, 8});
           }},
          {"input 'x': dimension 1 is 0",
           [](M& m) {
             m.node("Relu", {"x"});
             M::value((m.graph().clear_input(), m.graph().add_input()), "x", {-1, 0, 8, 8});
           }},
          {"input 'x': shape [65536, 65536, 65536] is too large",
           [](M& m) {
             m.node("Relu", {"x"});
             M::value((m.graph().clear_input(), m.graph().add_input()), "x", {-1, 65536, 65536, 65536});
           }},
          {"input 'x': 3 dimensions, expected 4 (N, C, H, W) or 2 (N, features)",
           [](M& m) {
             m.node("Relu", {"x"});
             M::value((m.graph().clear_input(), m.graph().add_input()), "x", {1, 8, 8});
           }},
          {"input 'x': expected a float tensor",
           [](M& m) {
             m.node("Relu", {"x"});
             m.graph().mutable_input(0)->mutable_type()->mutable_tensor_type()->set_elem_type(2);
           }},
          {"operator set 6, supported: 7 to 21", [](M& m) { m.node("Relu", {"x"}); }, 6},
          {"names no operator set of the ai.onnx domain", [](M& m) { m.model.clear_opset_import(); }},
          {"the network has no layers", [](M& m) { m.node("Identity", {"x"}); }},
          {"the output 'y' is a constant", [](M& m) { m.node("Shape", {"x"}); }},
          {"two nodes are named 'same'; names must be unique",
           [](M& m) {
             m.node("Add", {"x", "x"}, "a").named("same");
             m.node("Add", {"a", "x"}).named("same");
           }},
      },
      {-1, 2, 4, 4});
}

TEST(OnnxErrors, SaysWhatIsWrongWithATensor) {
  using M = ModelBuilder;
  const auto conv = [](M& m) { m.node("Conv", {"x", "w"}); };
  const auto typed = [conv](int type) {
    return [=](M& m) {
      m.initialiser("w", {1, 2, 1, 1}, type)->set_raw_data("12345678");
      conv(m);
    };
  };
  expect_lines(
      {
          {"tensor 'w': 8 bytes of data, expected 32 for dimensions [4, 2, 1, 1]",
           [=](M& m) {
             m.raw("w", {4, 2, 1, 1}, {1, 2});
             conv(m);
           }},
          {"tensor 'w': 2 values, expected 8",
           [=](M& m) {
             m.floats("w", {4, 2, 1, 1}, {1, 2});
             conv(m);
           }},
          {"tensor 'w': dimensions [2147483647, 2147483647, 1, 1] are negative or too large",
           [=](M& m) {
             m.floats("w", {2147483647, 2147483647, 1, 1}, {1, 2});
             conv(m);
           }},
          {"tensor 'w': dimensions [-1, 2] are negative or too large",
           [=](M& m) {
             m.floats("w", {-1, 2}, {1, 2});
             conv(m);
           }},
          {"tensor 'w': 0 values, expected 1073741824",  // nothing of that size is allocated
           [=](M& m) {
             m.floats("w", {1073741824}, {});
             conv(m);
           }},
          {"tensor 'w': weights in an external file are not supported; save the model as one file",
           [=](M& m) {
             m.floats("w", {1, 2, 1, 1}, {1, 2});
             m.graph().mutable_initializer(0)->set_data_location(onnx::TensorProto::EXTERNAL);
             conv(m);
           }},
          {"tensor 'w': element type 8 is not supported; supported: float, double, float16, int64, int32, "
           "bool",
           typed(onnx::TensorProto::STRING)},
          {"node 'y' (Conv): input 1 must be float",
           [=](M& m) {
             m.integers("w", {1, 2});
             conv(m);
           }},
          {"node 'y' (Conv): a weight or bias is infinite or not a number",
           [=](M& m) {
             m.floats("w", {1, 2, 1, 1}, {1, NAN});
             conv(m);
           }},
          {"tensor 'w' is defined twice",
           [=](M& m) {
             m.floats("w", {1, 2, 1, 1}, {1, 2}).floats("w", {1, 2, 1, 1}, {1, 2});
             conv(m);
           }},
      },
      {-1, 2, 4, 4});
}

TEST(OnnxErrors, SaysWhatIsWrongWithAConvolutionOrProduct) {
  using M = ModelBuilder;
  const auto conv = [](M& m, const Sizes& dims) {
    std::size_t count = 1;
    for (const auto dim : dims) count *= static_cast<std::size_t>(dim);
    m.floats("w", dims, Floats(count, 1));
    return m.node("Conv", {"x", "w"}).named("c");
  };
  expect_lines(
      {
          {"node 'c' (Conv): weights of [1, 3, 1, 1] do not fit 2 input channels in 1 groups",
           [=](M& m) {
             conv(m, {1, 3, 1, 1});
           }},
          {"node 'c' (Conv): weights of [3, 1, 1, 1] do not fit 2 input channels in 2 groups",
           [=](M& m) {
             conv(m, {3, 1, 1, 1}).set("group", 2);
           }},
          {"node 'c' (Conv): weights of [1, 2, 1, 1] do not fit 2 input channels in 0 groups",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("group", 0);
           }},
          {"node 'c' (Conv): weights of [1, 2, 3], expected 4 dimensions (O, I, H, W)",
           [=](M& m) {
             conv(m, {1, 2, 3});
           }},
          {"node 'c' (Conv): kernel_shape [3, 3] and weights of [1, 2, 1, 1] differ",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("kernel_shape", Sizes{3, 3});
           }},
          {"node 'c' (Conv): a 5 x 1 window does not fit its input [2, 4, 4]",
           [=](M& m) {
             conv(m, {1, 2, 5, 1});
           }},
          {"node 'c' (Conv): strides [0, 1], expected 2 values from 1 to 65536 (two-dimensional windows "
           "only)",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("strides", Sizes{0, 1});
           }},
          {"node 'c' (Conv): pads [0, 0, -1, 0], expected 4 values from 0 to 65536 (two-dimensional windows "
           "only)",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("pads", Sizes{0, 0, -1, 0});
           }},
          {"node 'c' (Conv): dilations [9000000000, 1], expected 2 values from 1 to 65536 (two-dimensional "
           "windows only)",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("dilations", Sizes{9000000000, 1});
           }},
          {"node 'c' (Conv): auto_pad 'SAME', supported: NOTSET, VALID, SAME_UPPER, SAME_LOWER",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("auto_pad", "SAME");
           }},
          {"node 'c' (Conv): its output [1, 131076, 131076] is empty or larger than 2^28 elements",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("pads", Sizes{65536, 65536, 65536, 65536});
           }},
          {"node 'c' (Conv): attribute 'strides' is not of type INTS",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("strides", 1);
           }},
          {"node 'c' (Conv): attribute 'mystery' is not supported",
           [=](M& m) {
             conv(m, {1, 2, 1, 1}).set("mystery", 1);
           }},
          {"node 'y' (Conv): 1 inputs, expected 2 to 3", [](M& m) { m.node("Conv", {"x"}); }},
          {"node 'y' (Conv): input 1 ('x') must be constant",
           [](M& m) {
             m.node("Conv", {"x", "x"});
           }},
          {"node 'y' (Gemm): input of [1, 2, 4, 4], expected 2 dimensions (N, features)",
           [](M& m) {
             m.floats("w", {1, 1}, {1});
             m.node("Gemm", {"x", "w"});
           }},
          {"node 'y' (Gemm): transA = 1 is not supported",
           [](M& m) {
             m.node("Gemm", {"x", "x"}).set("transA", 1);
           }},
          {"node 'y' (MatMul): weights of [3, 1] do not fit 32 input features",
           [](M& m) {
             m.floats("w", {3, 1}, {1, 2, 3});
             m.node("Flatten", {"x"}, "f");
             m.node("MatMul", {"f", "w"});
           }},
          {"node 'y' (Gemm): bias of [3], expected [2]",
           [](M& m) {
             m.floats("w", {32, 2}, Floats(64, 1)).floats("b", {3}, {1, 2, 3});
             m.node("Flatten", {"x"}, "f");
             m.node("Gemm", {"f", "w", "b"});
           }},
      },
      {-1, 2, 4, 4});
}

TEST(OnnxErrors, SaysWhatIsWrongWithAnotherOperator) {
  using M = ModelBuilder;
  expect_lines(
      {
          {"node 'y' (MaxPool): ceil_mode = 1 is supported only where it changes nothing; here [2, 4, 5] "
           "does not "
           "divide into whole windows",
           [](M& m) {
             m.node("MaxPool", {"x"})
                 .set("kernel_shape", Sizes{2, 2})
                 .set("strides", Sizes{2, 2})
                 .set("ceil_mode", 1);
           }},
          {"node 'y' (MaxPool): has no kernel_shape", [](M& m) { m.node("MaxPool", {"x"}); }},
          {"node 'y' (MaxPool): its padding is as large as its kernel",
           [](M& m) {
             m.node("MaxPool", {"x"}).set("kernel_shape", Sizes{2, 2}).set("pads", Sizes{2, 0, 0, 0});
           }},
          {"node 'y' (BatchNormalization): input 1 has 1 values, expected 2 (one a channel)",
           [](M& m) {
             m.floats("one", {1}, {1});
             m.node("BatchNormalization", {"x", "one", "one", "one", "one"});
           }},
          {"node 'y' (Add): tensors of [1, 2, 4, 5] and [1, 2, 1, 1], expected equal shapes",
           [](M& m) {
             m.node("GlobalAveragePool", {"x"}, "g");
             m.node("Add", {"x", "g"});
           }},
          {"node 'y' (Mul): constant of [5] with a tensor of [1, 2, 4, 5]: supported are one value, or one a "
           "channel",
           [](M& m) {
             m.floats("k", {5}, {1, 2, 3, 4, 5});
             m.node("Mul", {"x", "k"});
           }},
          {"node 'y' (Mul): supported with a constant only",
           [](M& m) {
             m.node("Mul", {"x", "x"});
           }},
          {"node 'y' (Clip): its min 3 is above its max 2",
           [](M& m) {
             m.floats("lo", {}, {3}).floats("hi", {}, {2});
             m.node("Clip", {"x", "lo", "hi"});
           }},
          {"node 'y' (Pad): pads with 1, supported: 0",
           [](M& m) {
             m.integers("p", {0, 0, 0, 0, 0, 0, 0, 1}).floats("v", {}, {1});
             m.node("Pad", {"x", "p", "v"});
           }},
          {"node 'y' (Pad): mode 'reflect', supported: constant",
           [](M& m) {
             m.node("Pad", {"x", "x"}).set("mode", "reflect");
           }},
          {"node 'y' (Slice): step -1, expected a positive one",
           [](M& m) {
             m.integers("s", {-1}).integers("e", {-9}).integers("a", {2});
             m.node("Slice", {"x", "s", "e", "a", "s"});
           }},
          {"node 'y' (Concat): supported along axis 1 (channels) only",
           [](M& m) {
             m.node("Concat", {"x", "x"}).set("axis", 2);
           }},
          {"node 'y' (Flatten): axis 2, supported: 1 (each image to one vector)",
           [](M& m) { m.node("Flatten", {"x"}).set("axis", 2); }},
          {"node 'y' (Reshape): from [1, 2, 4, 5] to [1, 4, 10]: supported are reshapes that flatten each "
           "image",
           [](M& m) {
             m.integers("s", {1, 4, 10});
             m.node("Reshape", {"x", "s"});
           }},
          {"node 'y' (Softmax): over axis 3 of a tensor of [1, 2, 4, 5]: supported over the features of one "
           "vector",
           [](M& m) { m.node("Softmax", {"x"}); }},
          {"node 'y' (Transpose): supported on constants only", [](M& m) { m.node("Transpose", {"x"}); }},
          {"node 'y' (Relu): operators of domain 'com.me' are not supported",
           [](M& m) { m.node("Relu", {"x"}).proto()->set_domain("com.me"); }},
          {"node 'm' (Dropout): only its first output is supported",
           [](M& m) {
             m.node("Dropout", {"x"}, "m").proto()->add_output("mask");
             m.node("Add", {"m", "mask"});
           }},
      },
      {-1, 2, 4, 5});
}

TEST(OnnxErrors, ListsWhatIsSupportedWhereAnOperatorIsNot) {
  ModelBuilder m({-1, 2, 4, 4});
  m.node("LSTM", {"x"}).named("lstm\nof\x01mine" + std::string(200, 'x'));
  const std::string line = m.error();
  EXPECT_THAT(line, StartsWith("model.onnx: node 'lstm?of?minexxx"));
  EXPECT_THAT(
      line,
      HasSubstr("..' (LSTM): operator not supported; supported: Add, AveragePool, BatchNormalization, "));
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(OnnxErrors, RefusesWhatIsNotAModel) {
  for (const std::string text : {"", "{}", "hello, world", "\x93NUMPY"}) {
    try {
      read_onnx(std::as_bytes(std::span(text)), "file.onnx");
      FAIL() << text;
    } catch (const InputError& error) {
      EXPECT_STREQ(error.what(), "file.onnx: not an ONNX model or truncated");
    }
  }
  EXPECT_THROW(read_onnx("/nowhere/model.onnx"), InputError);
  EXPECT_THROW(read_onnx("/"), InputError);
}

}  // namespace
}  // namespace neartile::workloads
