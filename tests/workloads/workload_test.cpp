#include "neartile/workloads/workload.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>

#include "neartile/workloads/npy.h"
#include "support/error_of.h"
#include "support/temporary_folder.h"
#include "workloads/onnx_models.h"

namespace neartile::workloads {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

/// A folder with a network of 2 classes on 1 x 1 RGB images, 2 calibration and 3 test images.
class WorkloadTest : public testing::Test {
 protected:
  WorkloadTest() {
    ModelBuilder m({-1, 3, 1, 1});
    m.floats("w", {2, 3, 1, 1}, {1, 2, 3, 4, 5, 6});
    m.node("Conv", {"x", "w"});
    folder_.write("net.onnx", m.bytes());
    save("calibration.npy", "u1", {2, 1, 1, 3}, 6);
    save("images.npy", "u1", {3, 1, 1, 3}, 9);
    save("labels.npy", "u1", {3}, 3, 1);
    good_ = {{"network", "net.onnx"},  {"calibration", "calibration.npy"},
             {"images", "images.npy"}, {"labels", "labels.npy"},
             {"mean", {1, 2, 3}},      {"std", 2},
             {"label_offset", -1},     {"name", "tiny"}};
  }
  void save(const std::string& name, const std::string& type, const std::vector<std::size_t>& shape,
            std::size_t bytes, int value = 7) {
    write_npy(folder_ / name, {type, shape, std::vector<std::byte>(bytes, static_cast<std::byte>(value))});
  }
  Workload read(const std::string& text, std::size_t limit = 0) {
    folder_.write("workload.json", text);
    return read_workload(folder_ / "workload.json", limit);
  }
  /// The line, without the folder.
  std::string error_of(const std::string& text) {
    std::string line = testing_support::error_of([&] { read(text); });
    const std::string folder = folder_.path().string() + "/";
    for (auto at = line.find(folder); at != std::string::npos; at = line.find(folder))
      line.erase(at, folder.size());
    return line;
  }
  std::string error_with(const std::string& key, const json& value) {
    json changed = good_;
    changed[key] = value;
    return error_of(changed.dump());
  }
  testing_support::TemporaryFolder folder_;
  json good_;
};

TEST_F(WorkloadTest, ReadsAllThatItNames) {
  const Workload workload = read(good_.dump());
  EXPECT_EQ(workload.name, "tiny");
  EXPECT_EQ(workload.network.nodes.size(), 1u);
  EXPECT_EQ(workload.calibration.count, 2u);
  EXPECT_EQ(workload.images.count, 3u);
  EXPECT_EQ(workload.preprocessing.mean, (std::vector<float>{1, 2, 3}));
  EXPECT_EQ(workload.preprocessing.std, std::vector<float>{2});
  EXPECT_EQ(workload.classes, (std::vector<std::int64_t>{0, 0, 0}));
}

TEST_F(WorkloadTest, NeedsOnlyItsFiles) {
  for (const char* key : {"mean", "std", "label_offset", "name"}) good_.erase(key);
  const Workload workload = read(good_.dump());
  EXPECT_EQ(workload.name, "net");
  EXPECT_TRUE(workload.preprocessing.mean.empty());
  EXPECT_EQ(workload.classes[0], 1);
}

TEST_F(WorkloadTest, KeepsTheFirstImagesOnly) {
  const Workload workload = read(good_.dump(), 2);
  EXPECT_EQ(workload.images.count, 2u);
  EXPECT_EQ(workload.images.pixels.size(), 6u);
  EXPECT_EQ(workload.classes.size(), 2u);
  EXPECT_EQ(workload.calibration.count, 2u);
  EXPECT_EQ(read(good_.dump(), 99).images.count, 3u);
}

TEST_F(WorkloadTest, SaysWhichKeyIsWrong) {
  save("two.npy", "u1", {2}, 2, 1);
  save("signed.npy", "i1", {2, 1, 1, 3}, 6);
  save("none.npy", "u1", {0, 1, 1, 3}, 0);
  EXPECT_EQ(
      error_with("colour", 1),
      "workload.json: /colour: unknown key; known: name, network, calibration, images, labels, mean, std, "
      "label_offset");
  EXPECT_EQ(error_with("network", 3), "workload.json: /network: number, expected a text");
  EXPECT_EQ(error_with("network", ""), "workload.json: /network: string, expected a text");
  EXPECT_EQ(error_with("network", "no.onnx"), "workload.json: /network: no.onnx: no such file");
  EXPECT_EQ(error_with("network", "images.npy"),
            "workload.json: /network: images.npy: not an ONNX model or truncated");
  EXPECT_EQ(error_with("images", "labels.npy"),
            "workload.json: /images: labels.npy: shape (3), expected images of (n, 1, 1, 3) or (n, 3, 1, 1)");
  EXPECT_EQ(error_with("images", "none.npy"), "workload.json: /images: no images, expected at least 1");
  EXPECT_EQ(error_with("labels", "two.npy"), "workload.json: /labels: 2 labels, expected 3 (one an image)");
  EXPECT_EQ(error_with("labels", "images.npy"),
            "workload.json: /labels: images.npy: 4 dimensions, expected labels of one dimension");
  EXPECT_EQ(
      error_with("label_offset", 1),
      "workload.json: /labels: label 1 of image 0 with label_offset 1 is none of the network's 2 classes");
  EXPECT_EQ(error_with("label_offset", 1e30),
            "workload.json: /label_offset: expected an integer from -1000000000 to 1000000000");
  EXPECT_EQ(error_with("label_offset", 18446744073709551615u),
            "workload.json: /label_offset: expected an integer from -1000000000 to 1000000000");
  EXPECT_EQ(error_with("mean", {1, 2}), "workload.json: /mean: 2 values, expected 1 or 3 (one a channel)");
  EXPECT_EQ(error_with("mean", {1, "a", 2}), "workload.json: /mean: string, expected a number");
  EXPECT_EQ(error_with("mean", 1e60), "workload.json: /mean: a number too large for float");
  EXPECT_EQ(error_with("std", {1, 0, 1}), "workload.json: /std: 0, expected a number above 0");
  EXPECT_EQ(error_with("calibration", "signed.npy"),
            "workload.json: /calibration: signed and unsigned pixels: expected the same type as images");
}

TEST_F(WorkloadTest, SaysWhichKeyIsMissing) {
  for (const std::string key : {"network", "calibration", "images", "labels"}) {
    json changed = good_;
    changed.erase(key);
    EXPECT_EQ(error_of(changed.dump()), "workload.json: /" + key + ": missing");
  }
}

TEST_F(WorkloadTest, SaysWhereTheJsonIsBroken) {
  const std::string line = error_of("{\n  \"network\": \"a\",\n  nonsense\n}");
  EXPECT_THAT(line, StartsWith("workload.json:3:4: invalid literal, expected "));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_THAT(line, testing::Not(HasSubstr("json.exception")));
  EXPECT_EQ(error_of("[]"), "workload.json: expected a JSON object");
  EXPECT_THAT(error_of("{\"a\": \xff}"), StartsWith("workload.json:1:7: invalid literal"));
}

TEST_F(WorkloadTest, RefusesAKeyThatStandsTwice) {
  const std::string text = good_.dump();
  EXPECT_EQ(error_of("{\"mean\": 0, " + text.substr(1)),
            "workload.json: key \"mean\" appears twice in one object");
}

TEST_F(WorkloadTest, RefusesDeepNesting) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(error_of(deep), "workload.json: nested too deeply, expected at most 32 levels");
}

TEST_F(WorkloadTest, NamesTheFileThatIsNotThere) {
  const auto file = folder_ / "none.json";
  EXPECT_EQ(testing_support::error_of([&] { read_workload(file); }), file.string() + ": no such file");
}

TEST_F(WorkloadTest, SurvivesChangedFiles) {
  const std::string text = good_.dump(1);
  std::mt19937 random(1);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    std::string changed = text;
    for (auto n = 1 + random() % 3; n > 0; --n) {
      const std::size_t at = random() % changed.size();
      changed[at] = random() % 2 ? static_cast<char>(random()) : "0123456789[]{}\",:-e"[random() % 19];
    }
    const std::string line = error_of(changed);
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    refused += !line.empty();
  }
  EXPECT_GT(refused, 100);
  EXPECT_LT(refused, 300);
}

}  // namespace
}  // namespace neartile::workloads
