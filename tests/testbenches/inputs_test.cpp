#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/program.h"
#include "testbenches/workload_files.h"

namespace neartile {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Expects exit 1, one line on standard error that holds `text`, and neither output nor a file.
void expect_error(std::vector<std::string> arguments, const std::string& text) {
  const TemporaryFolder folder;
  const bool is_run = !arguments.empty() && arguments.front() == "run";
  if (is_run) arguments.insert(arguments.begin() + 1, {"--out", (folder / "out").string()});
  const ProgramResult result = run_program(arguments);
  SCOPED_TRACE(testing::PrintToString(arguments));
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.errors, StartsWith("neartile: "));
  EXPECT_THAT(result.errors, HasSubstr(text));
  EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1);
  EXPECT_EQ(result.errors.back(), '\n');
  EXPECT_LT(result.errors.size(), 1000u);
  EXPECT_EQ(result.output, "");
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

TEST(BadInput, OnTheCommandLine) {
  expect_error({}, "no command given");
  expect_error({"walk"}, "\"walk\": no such command");
  expect_error({"--nonsense"}, "\"--nonsense\": no such command or option");
  expect_error({"run", "--nonsense"}, "--nonsense");
  expect_error({"run", "stray"}, "too many positional options");
  expect_error({"run", "--limit"}, "--limit");
  expect_error({"run", "--limit", "0"}, "--limit: is \"0\", expected a whole number, 1 to 100000");
  expect_error({"run", "--limit", "-1"}, "--limit");
  expect_error({"run", "--limit", "4x"}, "--limit: is \"4x\"");
  expect_error({"run", "--limit", "4", "--limit", "5"}, "limit");
  expect_error({"run", "--exec"}, "--exec");
  expect_error({"run", "--routing", "r.json", "--policy", "first"}, "--routing and --policy are both given");
  expect_error({"run", "--policy", "best"}, "no such policy, expected one of first, spread, exact-ends");
}

TEST(BadInput, InSettings) {
  expect_error({"run", "--set", "clock_MHz"}, "expected key=value");
  expect_error({"run", "--set", "clock=1"},
               "--set clock: unknown key \"clock\", expected one of name, clock_MHz");
  expect_error({"run", "--set", "arrays.9.rows=8"}, "expected arrays.0 to arrays.3");
  expect_error({"run", "--set", "clock_MHz=fast"}, "--set clock_MHz: is \"fast\", expected a number");
  expect_error({"run", "--set", "arrays.0.pe.multiplier=magic"}, "/arrays/0/pe/multiplier");
  expect_error({"run", "--set", "arrays.0.pe.format=s8s8"}, "expected one format");
  expect_error({"run", "--policy", "exact-ends", "--set", "arrays.0.pe.multiplier=drum(6)"},
               "the chip has no exact group");
}

TEST(BadInput, InLayerTablesAndTheirOperands) {
  const TemporaryFolder folder;
  expect_error({"run", "--layers", "resnet5"},
               "--layers resnet5: no such file, expected one or a name of bert_base_seq128");
  expect_error({"run", "--layers", folder.write("t.csv", "name,gemm_m,gemm_n,gemm_k\na,1,1,x\n")},
               "t.csv:2: gemm_k is \"x\", expected a whole number");
  expect_error({"run", "--layers", (folder / "").string()}, "is a directory, expected a file");
  for (const char* option : {"--workload", "--limit"})
    expect_error({"run", "--layers", "resnet18", option, "1"},
                 std::string("--layers and ") + option + " are both given");
  expect_error({"run", "--layers", "resnet18", "--executor"}, "--layers and --executor are both given");
  expect_error({"run", "--seed", "1"}, "--seed is given without --layers");
  expect_error({"run", "--layers", "resnet18", "--seed", "-1"},
               "--seed: is \"-1\", expected a whole number, 0 to");
  const auto expect_operands_error = [&](const std::string& json, const std::string& text) {
    expect_error({"run", "--layers", "resnet18", "--operands", folder.write("o.json", json)},
                 "o.json: " + text);
  };
  expect_operands_error(R"({"zero": 1})", "unknown key \"zero\", expected one of seed, weight_sigma");
  expect_operands_error(R"({"zero_percent": 101})", "/zero_percent: is 101, expected");
  expect_operands_error(R"({"activations": "gelu"})", "/activations: is \"gelu\", expected");
  expect_operands_error(R"({"layers": [{"name": "conv9"}]})", "/layers: \"conv9\" is no layer of the arrays");
  expect_error(
      {"run", "--layers", "resnet18", "--routing", folder.write("r.json", R"({"layers": {"fc": "exact"}})")},
      "layer \"conv1\" has no entry");
}

TEST(BadInput, InChipFiles) {
  const TemporaryFolder folder;
  const auto expect_chip_error = [&](const std::string& json, const std::string& text) {
    expect_error({"run", "--chip", folder.write("chip.json", json)}, text);
  };
  expect_error({"run", "--chip", (folder / "none.json").string()}, "none.json: cannot be opened");
  expect_chip_error("", "chip.json:1:1: unexpected end of input");
  expect_chip_error("{\"clock_MHz\": 700", "chip.json:1:18: unexpected end of input");
  expect_chip_error("{\"clock\": 700}", "chip.json: unknown key \"clock\", expected one of name, clock_MHz");
  expect_chip_error("{\"arrays\": [{\"pe\": {\"multiplier\": \"truncated\"}}]}", "/arrays/0/pe/multiplier");
  expect_chip_error("{\"arrays\": [{\"rows\": 0}]}", "/arrays/0/rows: is 0, expected a whole number");
  expect_chip_error(std::string(100000, '['), "nested too deeply");
}

TEST(BadInput, InRoutings) {
  const TemporaryFolder folder;
  const auto expect_routing_error = [&](const std::string& json, const std::string& text) {
    expect_error({"run", "--limit", "1", "--routing", folder.write("routing.json", json)}, text);
  };
  expect_error({"run", "--limit", "1", "--routing", (folder / "none.json").string()},
               "none.json: cannot be opened");
  expect_routing_error(
      "{\"default\": \"truncated(7)\"}",
      "\"truncated(7)\" is no group or PE type of the chip, expected one of exact, truncated(4), "
      "truncated(6), drum(4)");
  expect_routing_error("{\"layers\": {\"no such layer\": \"exact\"}, \"default\": \"exact\"}",
                       "layer \"no such layer\" is not in the network, expected one of ");
  expect_routing_error("{}", "has no entry, expected one or a \"default\"");
  expect_routing_error("{\"layers\": 3}", "/layers: expected an object");
}

class BadWorkload : public testing::Test {
 protected:
  BadWorkload() : workload(write_workload(folder, 4)) {}

  void expect_workload_error(const std::string& text) {
    expect_error({"run", "--executor", "--workload", folder.write("workload.json", workload.dump())}, text);
  }
  // Keeps the first `part` of a file's bytes.
  void cut(const std::string& name, double part) {
    const std::string bytes = text_of(folder / name);
    ASSERT_GT(bytes.size(), 100u);
    folder.write(name, bytes.substr(0, static_cast<std::size_t>(part * static_cast<double>(bytes.size()))));
  }

  TemporaryFolder folder;
  nlohmann::json workload;
};

TEST_F(BadWorkload, GoodOneRuns) {
  const ProgramResult result =
      run_program({"run", "--executor", "--workload", (folder / "workload.json").string()});
  EXPECT_EQ(result.status, 0) << result.errors;
}

TEST_F(BadWorkload, MissingFilesAndKeys) {
  expect_error({"run", "--workload", (folder / "none.json").string()}, "none.json");
  workload["network"] = "none.onnx";
  expect_workload_error("none.onnx");
  workload["network"] = "network.onnx";
  workload.erase("labels");
  expect_workload_error("labels");
}

TEST_F(BadWorkload, UnknownKey) {
  workload["nework"] = "network.onnx";
  expect_workload_error("nework");
}

TEST_F(BadWorkload, BrokenJson) {
  cut("workload.json", 0.9);
  expect_error({"run", "--workload", (folder / "workload.json").string()}, "workload.json");
}

TEST_F(BadWorkload, TruncatedNetworkAtAnyPlace) {
  const std::string whole = text_of(folder / "network.onnx");
  for (const double part : {0.0, 0.001, 0.1, 0.5, 0.9, 0.999}) {
    folder.write("network.onnx", whole);
    cut("network.onnx", part);
    expect_workload_error("network.onnx");
  }
}

TEST_F(BadWorkload, TruncatedImagesAndLabels) {
  cut("images.npy", 0.5);
  expect_workload_error("images.npy");
  write_images(folder, "images.npy", "labels.npy", workloads::Split::test, 4);
  cut("labels.npy", 0.9);
  expect_workload_error("labels.npy");
}

TEST_F(BadWorkload, WrongShapes) {
  workloads::write_npy(folder / "images.npy", {"u1", {2, 5, 5, 3}, std::vector<std::byte>(150)});
  expect_workload_error("images.npy");
  write_images(folder, "images.npy", "labels.npy", workloads::Split::test, 4);
  workload["labels"] = "unused.npy";
  expect_workload_error("128 labels, expected 4");
}

TEST_F(BadWorkload, LabelsThatTheNetworkHasNot) {
  workload["label_offset"] = 10;
  expect_workload_error("labels");
}

TEST(BadOutput, IsFoundBeforeTheRun) {
  const TemporaryFolder folder;
  const ProgramResult result = run_program({"run", "--out", folder.write("file", "text") + "/below"});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.errors, HasSubstr("is no folder, expected one"));
  EXPECT_EQ(text_of(folder / "file"), "text");
}

}  // namespace
}  // namespace neartile
