// Changed and cut-off models: a network or one line, never a crash.
#include <random>

#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

/// Reads changed bytes: a network or an InputError of one line, and nothing else.
bool survives(const std::string& bytes) {
  try {
    read_onnx(std::as_bytes(std::span(bytes)), "fuzzed");
    return true;
  } catch (const InputError& error) {
    const std::string line = error.what();
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    return false;
  }
}

std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  for (std::size_t changes = 1 + below(4); changes > 0 && !bytes.empty(); --changes) {
    const std::size_t at = below(bytes.size());
    switch (below(5)) {
      case 0:
        bytes[at] = static_cast<char>(below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        break;
      case 2:
        bytes.erase(at, 1 + below(8));
        break;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(16)));
        break;
      case 4:
        bytes.resize(at);
        break;
    }
  }
  return bytes;
}

/// A model with most operators.
std::string rich_model() {
  ModelBuilder m({-1, 2, 6, 6});
  m.floats("w", {4, 2, 3, 3}, Floats(72, 0.5F))
      .raw("b", {4}, counted(4))
      .floats("dw", {4, 1, 2, 2}, Floats(16, 1));
  for (const char* name : {"g", "be", "me", "va"}) m.floats(name, {4}, counted(4));
  m.integers("starts", {0}).integers("ends", {6}).integers("axes", {2}).integers("steps", {2});
  m.integers("pads", {0, 0, 1, 1, 0, 0, 0, 0}).floats("lo", {}, {0}).floats("hi", {}, {6});
  m.integers("shape", {0, -1}).floats("k", {4, 1, 1}, counted(4));
  m.node("Conv", {"x", "w", "b"}, "c").set("pads", Sizes{1, 1, 1, 1}).set("kernel_shape", Sizes{3, 3});
  m.node("BatchNormalization", {"c", "g", "be", "me", "va"}, "n").set("epsilon", 1e-5F);
  m.node("Clip", {"n", "lo", "hi"}, "r");
  m.node("Conv", {"r", "dw"}, "d").set("group", 4).set("auto_pad", "SAME_UPPER");
  m.node("Mul", {"d", "k"}, "s");
  m.node("Add", {"s", "r"}, "a");
  m.node("Slice", {"a", "starts", "ends", "axes", "steps"}, "sl");
  m.node("Pad", {"sl", "pads"}, "p");
  m.node("MaxPool", {"p"}, "mp").set("kernel_shape", Sizes{2, 2}).set("strides", Sizes{1, 2});
  m.node("AveragePool", {"mp"}, "ap").set("kernel_shape", Sizes{1, 1});
  m.node("Concat", {"ap", "ap"}, "cc").set("axis", 1);
  m.node("Relu", {"cc"}, "rr");
  m.node("Slice", {"rr", "starts", "steps", "steps"}, "half");
  m.node("Reshape", {"half", "shape"}, "f");
  m.integers("tail", {-1}).node("Shape", {"f"}, "fs");
  m.node("Gather", {"fs", "starts"}, "bn").set("axis", 0);
  m.node("Concat", {"bn", "tail"}, "ns").set("axis", 0);
  m.node("Reshape", {"f", "ns"}, "f2");
  m.node("GlobalAveragePool", {"rr"}, "gap");
  m.node("Flatten", {"gap"}, "fl");
  m.floats("fw", {3, 8}, Floats(24, 1)).node("Gemm", {"fl", "fw"}, "ge").set("transB", 1);
  m.floats("mw", {48, 3}, Floats(144, 0.1F)).node("MatMul", {"f2", "mw"}, "mm");
  m.node("Add", {"ge", "mm"}, "sum");
  m.node("Softmax", {"sum"});
  return m.bytes();
}

TEST(OnnxFuzz, SurvivesChangedModels) {
  const std::string model = rich_model();
  ASSERT_TRUE(survives(model));
  std::mt19937 random(1);
  int read = 0;
  constexpr int rounds = 4000;
  for (int i = 0; i < rounds; ++i) read += survives(mutated(model, random));
  EXPECT_GT(read, rounds / 50);  // both outcomes occur: the changes are neither harmless nor hopeless
  EXPECT_LT(read, rounds);
}

TEST(OnnxFuzz, SurvivesEveryTruncation) {
  const std::string model = rich_model();
  for (std::size_t size = 0; size < model.size(); ++size) survives(model.substr(0, size));
}

}  // namespace
}  // namespace neartile::workloads
