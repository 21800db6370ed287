#include "neartile/workloads/drawn_images.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "neartile/pe/base/error.h"
#include "neartile/workloads/float_executor.h"
#include "neartile/workloads/onnx.h"

namespace neartile::workloads {
namespace {

constexpr std::array kSplits = {Split::train, Split::calibration, Split::search, Split::test};

// FNV-1a, 64 bits.
std::uint64_t hash(std::span<const std::uint8_t> bytes) {
  std::uint64_t h = 0xcbf29ce484222325;
  for (const std::uint8_t byte : bytes) h = (h ^ byte) * 0x100000001b3;
  return h;
}

std::set<std::uint64_t> hashes(const Images& images) {
  std::set<std::uint64_t> all;
  for (std::size_t i = 0; i < images.count; ++i) all.insert(hash(images.image(i)));
  return all;
}

// How much the levels of neighbouring pixels have to do with each other, -1..1.
double correlation_of_neighbours(const Images& images) {
  double xy = 0, xx = 0;
  for (std::size_t i = 0; i < images.count; ++i) {
    const auto image = images.image(i);
    for (std::size_t p = 0; p + 3 < image.size(); ++p) {
      const double a = image[p] - 127.5, b = image[p + 3] - 127.5;
      xy += a * b;
      xx += a * a;
    }
  }
  return xy / xx;
}

TEST(DrawnImages, HaveTheSizeThatWasAskedFor) {
  const DrawnImages drawn = draw_images(Split::train, 5, 7);
  EXPECT_EQ(drawn.images.shape, (array::TensorShape{.channels = 3, .height = 32, .width = 32}));
  EXPECT_EQ(drawn.images.count, 7u);
  EXPECT_FALSE(drawn.images.is_signed);
  EXPECT_EQ(drawn.images.pixels.size(), 7u * 32 * 32 * 3);
  EXPECT_EQ(drawn.labels.size(), 7u);
  EXPECT_EQ(draw_images(Split::test, 0, 0).images.count, 0u);
}

// The committed weights were trained on these pixels; another hash means another data set.
TEST(DrawnImages, AreTheSameOnEveryMachine) {
  const std::array<std::uint64_t, 4> known = {0x4683ddda8c239516, 0x144f54fe4a8c4a3b, 0xac750a8e48ea62c7,
                                              0x271641d9af27e526};
  for (std::size_t s = 0; s < kSplits.size(); ++s) {
    EXPECT_EQ(hash(draw_images(kSplits[s], 0, 100).images.pixels), known[s]) << "split " << s;
  }
  EXPECT_EQ(draw_images(Split::test, 0, 10).labels,
            (std::vector<std::int64_t>{0, 3, 9, 3, 3, 4, 4, 8, 3, 0}));
}

TEST(DrawnImages, DoNotDependOnHowManyAreDrawn) {
  const DrawnImages all = draw_images(Split::search, 0, 50);
  for (const std::uint64_t i : {0, 1, 17, 49}) {
    const DrawnImages one = draw_images(Split::search, i, 1);
    EXPECT_EQ(one.labels[0], all.labels[i]);
    EXPECT_TRUE(std::ranges::equal(one.images.image(0), all.images.image(i))) << "image " << i;
  }
}

TEST(DrawnImages, NeverRepeatWithinOrAcrossSplits) {
  std::set<std::uint64_t> seen;
  for (const Split split : kSplits) seen.merge(hashes(draw_images(split, 0, 500).images));
  EXPECT_EQ(seen.size(), 4u * 500);
}

TEST(DrawnImages, SpreadEvenlyOverTenClasses) {
  ASSERT_EQ(drawn_classes().size(), 10u);
  EXPECT_EQ(std::set(drawn_classes().begin(), drawn_classes().end()).size(), 10u);
  const DrawnImages drawn = draw_images(Split::test, 0, 5000);
  std::array<int, 10> counts{};
  for (const std::int64_t label : drawn.labels) ++counts.at(static_cast<std::size_t>(label));
  // 500 a class are expected with a standard deviation of 21.
  for (const int count : counts) EXPECT_NEAR(count, 500, 4 * 21);
}

TEST(DrawnImages, ComeInRandomOrder) {
  const auto labels = draw_images(Split::test, 0, 5000).labels;
  int repeats = 0, successors = 0;
  for (std::size_t i = 1; i < labels.size(); ++i) {
    repeats += labels[i] == labels[i - 1];
    successors += labels[i] == (labels[i - 1] + 1) % 10;
  }
  EXPECT_NEAR(repeats, 500, 4 * 21);
  EXPECT_NEAR(successors, 500, 4 * 21);
}

TEST(DrawnImages, FillTheRangeOfLevelsWithPicturesNotNoise) {
  const Images images = draw_images(Split::train, 0, 1000).images;
  const double n = static_cast<double>(images.pixels.size());
  const double mean = std::accumulate(images.pixels.begin(), images.pixels.end(), 0.0) / n;
  double squares = 0;
  for (const std::uint8_t level : images.pixels) squares += (level - mean) * (level - mean);
  EXPECT_NEAR(mean, 127.5, 8);
  EXPECT_NEAR(std::sqrt(squares / n), 65, 8);
  EXPECT_GT(correlation_of_neighbours(images), 0.8);
  EXPECT_LT(std::ranges::count(images.pixels, 0) + std::ranges::count(images.pixels, 255), 0.1 * n);
}

TEST(DrawnImages, OfDifferentClassesDifferInShape) {
  const DrawnImages drawn = draw_images(Split::train, 0, 4000);
  // A ring's middle is background, a pentagon's mostly is not: compare the middle with the edge.
  std::array<double, 10> contrast{}, count{};
  for (std::size_t i = 0; i < drawn.images.count; ++i) {
    const auto image = drawn.images.image(i);
    const auto label = static_cast<std::size_t>(drawn.labels[i]);
    for (std::size_t c = 0; c < 3; ++c) {
      contrast[label] += std::abs(image[(16 * 32 + 16) * 3 + c] - image[(1 * 32 + 1) * 3 + c]);
    }
    count[label] += 3;
  }
  const auto mean = [&](std::size_t label) { return contrast[label] / count[label]; };
  EXPECT_GT(mean(4), mean(0) + 10) << "star against ring";
  EXPECT_GT(mean(5), mean(1) + 10) << "cross against gapped ring";
}

TEST(DrawnImages, RefuseRangesBeyondTheirStream) {
  EXPECT_THROW(draw_images(Split::train, 0, 1'000'001), InputError);
  EXPECT_THROW(draw_images(Split::train, 0, ~std::uint64_t{0}), InputError);
  EXPECT_THROW(draw_images(Split::train, (std::uint64_t{1} << 46), 1), InputError);
  EXPECT_THROW(draw_images(Split::train, ~std::uint64_t{0}, 1), InputError);
  EXPECT_EQ(draw_images(Split::train, (std::uint64_t{1} << 46) - 2, 2).images.count, 2u);
}

TEST(DrawnImages, NeverShareADrawAtTheSeamOfTwoSplits) {
  const DrawnImages last = draw_images(Split::train, (std::uint64_t{1} << 46) - 1, 1);
  const DrawnImages first = draw_images(Split::calibration, 0, 1);
  EXPECT_NE(hash(last.images.pixels), hash(first.images.pixels));
}

// The committed network beside its images: both must stay as they are for it to know them.
class DefaultNetwork : public testing::Test {
 protected:
  static std::filesystem::path file(const std::string& name) {
    return std::filesystem::path(NEARTILE_SOURCE_DIR) / "testbenches" / "default" / name;
  }
  static nlohmann::json facts() { return nlohmann::json::parse(std::ifstream(file("shapes.json"))); }
};

TEST_F(DefaultNetwork, NamesTheClassesThatAreDrawn) {
  EXPECT_EQ(facts().at("classes"), drawn_classes());
}

TEST_F(DefaultNetwork, IsSmall) {
  const Network network = read_onnx(file("shapes.onnx"));
  EXPECT_LT(std::filesystem::file_size(file("shapes.onnx")), 500'000u);
  EXPECT_EQ(network.macs(), 3'183'072u);
}

TEST_F(DefaultNetwork, IsRightAboutMostImagesItHasNeverSeenButNotAll) {
  constexpr std::size_t count = 400;
  const Network network = read_onnx(file("shapes.onnx"));
  const Preprocessing preprocessing = {facts().at("mean"), facts().at("std")};
  const DrawnImages drawn = draw_images(Split::test, 0, count);
  const std::vector<float> outputs = run_float(network, drawn.images, preprocessing);
  ASSERT_EQ(outputs.size(), count * 10);
  std::size_t right = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto logits = std::span(outputs).subspan(i * 10, 10);
    right += std::ranges::max_element(logits) - logits.begin() == drawn.labels[i];
  }
  EXPECT_GT(right, count * 90 / 100);
  EXPECT_LT(right, count * 99 / 100);
}

}  // namespace
}  // namespace neartile::workloads
