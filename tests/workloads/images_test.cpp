#include "neartile/workloads/images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "neartile/pe/base/error.h"
#include "neartile/workloads/npy.h"
#include "support/error_of.h"
#include "support/temporary_folder.h"

namespace neartile::workloads {
namespace {

using testing::EndsWith;
using testing_support::error_of;
using Sizes = std::vector<std::size_t>;

template <class T>
NpyArray array_of(const std::string& type, const Sizes& shape, const std::vector<T>& values) {
  NpyArray array{type, shape, std::vector<std::byte>(values.size() * sizeof(T))};
  std::memcpy(array.bytes.data(), values.data(), array.bytes.size());
  return array;
}

class ImagesTest : public testing::Test {
 protected:
  Images images(const Sizes& shape, const std::vector<std::uint8_t>& pixels, const array::TensorShape& input,
                const std::string& type = "u1") {
    write_npy(folder_ / "i.npy", array_of(type, shape, pixels));
    return read_images(folder_ / "i.npy", input);
  }
  template <class T>
  std::vector<std::int64_t> labels(const std::string& type, const std::vector<T>& values) {
    write_npy(folder_ / "l.npy", array_of(type, {values.size()}, values));
    return read_labels(folder_ / "l.npy");
  }
  testing_support::TemporaryFolder folder_;
};

using Pixels = std::vector<std::uint8_t>;

TEST_F(ImagesTest, KeepsHwcAndTurnsChw) {
  const array::TensorShape input{2, 1, 3};
  const Images hwc = images({2, 1, 3, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, input);
  EXPECT_EQ(hwc.pixels, (Pixels{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
  const Images chw = images({2, 2, 1, 3}, {1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12}, input);
  EXPECT_EQ(chw.pixels, hwc.pixels);
  EXPECT_EQ(chw.count, 2u);
  EXPECT_EQ(chw.shape, input);
}

TEST_F(ImagesTest, PrefersHwcWhereBothFit) {
  EXPECT_EQ(images({1, 2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8}, {2, 2, 2}).pixels,
            (Pixels{1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(ImagesTest, TakesGreyImagesAndFeatureVectorsWithoutTheirOnes) {
  EXPECT_EQ(images({2, 1, 2}, {1, 2, 3, 4}, {1, 1, 2}).count, 2u);
  EXPECT_EQ(images({2, 2}, {1, 2, 3, 4}, {2, 1, 1}).count, 2u);
}

TEST_F(ImagesTest, RefusesOtherShapesAndTypes) {
  EXPECT_THAT(error_of([&] {
                images({1, 2, 2, 3}, Pixels(12), {3, 4, 4});
              }),
              EndsWith("i.npy: shape (1, 2, 2, 3), expected images of (n, 4, 4, 3) or (n, 3, 4, 4)"));
  EXPECT_THAT(error_of([&] {
                images({}, {1}, {1, 1, 1});
              }),
              EndsWith("expected images of (n, 1, 1, 1) or (n, 1, 1, 1)"));
  EXPECT_THAT(error_of([&] {
                images({1, 1, 1}, Pixels(2), {1, 1, 1}, "u2");
              }),
              EndsWith("i.npy: elements of type u2, expected images of type u1 or i1"));
}

TEST_F(ImagesTest, ReadsLabelsOfAnyIntegerType) {
  const std::vector<std::int64_t> expected = {0, 5, 100};
  EXPECT_EQ(labels<std::uint8_t>("u1", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::int8_t>("i1", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::uint16_t>("u2", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::int16_t>("i2", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::uint32_t>("u4", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::int32_t>("i4", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::uint64_t>("u8", {0, 5, 100}), expected);
  EXPECT_EQ(labels<std::int64_t>("i8", {0, 5, 100}), expected);
  EXPECT_THAT(error_of([&] {
                labels<float>("f4", {0, 1});
              }),
              EndsWith("elements of type f4, expected integer labels"));
  EXPECT_THAT(error_of([&] { labels<std::uint64_t>("u8", {1ULL << 63}); }),
              EndsWith("label 9223372036854775808 does not fit 64 bits"));
}

TEST_F(ImagesTest, PreprocessesEachChannelInFloat) {
  const Images rgb = images({1, 1, 2, 2}, {0, 10, 255, 20}, {2, 1, 2});
  const Preprocessing each{{127.5F, 1}, {2, 3}};
  EXPECT_EQ(each.apply(rgb, 0), (std::vector<float>{-63.75F, 3, 63.75F, 19.0F / 3.0F}));
  EXPECT_EQ((Preprocessing{{10}, {10}}.apply(rgb, 0)), (std::vector<float>{-1, 0, 24.5F, 1}));
  EXPECT_EQ(Preprocessing{}.apply(rgb, 0), (std::vector<float>{0, 10, 255, 20}));
  EXPECT_THROW((Preprocessing{{1, 2, 3}, {}}.apply(rgb, 0)), InputError);
}

TEST_F(ImagesTest, ReadsSignedPixels) {
  const Images features = images({1, 1, 2, 1}, {0x80, 0x7f}, {1, 1, 2}, "i1");
  EXPECT_TRUE(features.is_signed);
  EXPECT_EQ(Preprocessing{}.apply(features, 0), (std::vector<float>{-128, 127}));
}

}  // namespace
}  // namespace neartile::workloads
