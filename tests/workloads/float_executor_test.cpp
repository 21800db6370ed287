#include "neartile/workloads/float_executor.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "neartile/workloads/accuracy.h"
#include "workloads/onnx_models.h"
#include "workloads/stored_networks.h"

namespace neartile::workloads {
namespace {

/// Largest difference between our logits and the stored ones, and how many images are right.
struct Comparison {
  double worst = 0;
  std::size_t images = 0;
  std::size_t right = 0;
};

Comparison compare(const StoredNetwork& stored, std::size_t limit) {
  const Network network = stored.network();
  const Images images = stored.test_images(network, limit);
  const auto logits = run_float(network, images, stored.preprocessing);
  const auto expected = read_npy(stored.folder() / stored.logits).as<float>(stored.logits);
  const auto labels = read_labels(stored.folder() / stored.labels);
  Comparison result;
  result.images = images.count;
  const std::size_t outputs = logits.size() / images.count;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    result.worst = std::max(result.worst, double{std::fabs(logits[i] - expected.at(i))});
  }
  for (std::size_t i = 0; i < images.count; ++i) {
    const auto best = argmax(std::span<const float>(logits).subspan(i * outputs, outputs));
    result.right += static_cast<std::int64_t>(best) == labels[i] + stored.label_offset;
  }
  return result;
}

TEST(FloatExecutor, AgreesWithTorchOnAllOfResNet20) {
  NEARTILE_NEEDS_SHARED();
  const Comparison all = compare(resnet20(), 500);
  EXPECT_EQ(all.images, 500u);
  EXPECT_LT(all.worst, 1e-3);
  EXPECT_EQ(all.right, 455u);
}

TEST(FloatExecutor, AgreesWithTorchOnTheOtherExportsOfResNet20) {
  NEARTILE_NEEDS_SHARED();
  for (const char* variant : {"bn", "folded_conv1x1", "torchexport"}) {
    const Comparison some = compare(resnet20(variant), 50);
    EXPECT_EQ(some.images, 50u);
    EXPECT_LT(some.worst, 1e-3) << variant;
  }
}

TEST(FloatExecutor, AgreesWithTorchOnLeNet5) {
  NEARTILE_NEEDS_SHARED();
  const Comparison all = compare(lenet5(), 2000);
  EXPECT_LT(all.worst, 1e-3);
  EXPECT_EQ(all.right, 1979u);
}

TEST(FloatExecutor, AgreesWithTorchOnMobileNet) {
  NEARTILE_NEEDS_SHARED();
  const Comparison all = compare(mobilenet(), 100);
  EXPECT_LT(all.worst, 1e-3);
  EXPECT_EQ(all.right, 46u);
}

TEST(FloatExecutor, AgreesWithTorchOnSqueezeNet) {
  NEARTILE_NEEDS_SHARED();
  const Comparison some = compare(squeezenet(), 4);
  EXPECT_EQ(some.images, 4u);
  EXPECT_LT(some.worst, 1e-3);
}

TEST(FloatExecutor, ShowsEveryTensorOnce) {
  ModelBuilder m({-1, 2, 1, 1});
  m.node("Add", {"x", "x"}, "a");
  m.node("Relu", {"a"}, "r");
  m.node("Add", {"r", "x"});
  std::vector<std::vector<float>> seen;
  run_float(m.read(), Floats{-1, 2}, [&](TensorIndex tensor, std::span<const float> values) {
    EXPECT_EQ(tensor, seen.size());
    seen.emplace_back(values.begin(), values.end());
  });
  EXPECT_EQ(seen, (std::vector<std::vector<float>>{{-1, 2}, {0, 4}, {-1, 6}}));
}

TEST(FloatExecutor, RunsManyImagesAsItRunsOne) {
  ModelBuilder m({-1, 4, 5, 5});
  m.floats("w", {8, 2, 3, 3}, counted(144, -70)).floats("b", {8}, counted(8));
  m.node("Conv", {"x", "w", "b"}).set("group", 2).set("pads", Sizes{1, 0, 1, 2}).set("strides", Sizes{2, 1});
  const Network network = m.read();
  Images images{network.input, 33, false, {}};
  for (std::size_t i = 0; i < images.count * 100; ++i)
    images.pixels.push_back(static_cast<std::uint8_t>(i * 37));
  std::size_t reports = 0;
  const auto all =
      run_float(network, images, {}, [&](std::size_t finished) { EXPECT_EQ(finished, ++reports); });
  EXPECT_EQ(reports, 33u);
  const std::size_t outputs = all.size() / images.count;
  for (std::size_t i = 0; i < images.count; ++i) {
    const auto one = run_float(network, Preprocessing{}.apply(images, i));
    EXPECT_TRUE(std::equal(one.begin(), one.end(), all.begin() + static_cast<std::ptrdiff_t>(i * outputs)));
  }
}

TEST(FloatExecutor, CarriesErrorsOutOfItsThreads) {
  ModelBuilder m({-1, 1, 1, 1});
  m.node("Relu", {"x"});
  const Images images{{1, 1, 1}, 100, false, std::vector<std::uint8_t>(100)};
  EXPECT_THROW(run_float(m.read(), images, Preprocessing{{1, 2}, {}}), InputError);
  EXPECT_THROW(run_float(m.read(), Floats{1, 2}), InputError);
}

}  // namespace
}  // namespace neartile::workloads
