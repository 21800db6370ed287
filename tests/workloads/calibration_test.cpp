#include "neartile/workloads/calibration.h"

#include <gmock/gmock.h>

#include <cmath>
#include <map>

#include "support/comma_rows.h"
#include "support/error_of.h"
#include "workloads/onnx_models.h"
#include "workloads/stored_networks.h"

namespace neartile::workloads {
namespace {

TEST(Calibration, FindsTheRangeOfEveryTensor) {
  ModelBuilder m({-1, 1, 1, 2});
  m.floats("w", {1, 1, 1, 1}, {-2}).floats("b", {1}, {3});
  m.node("Conv", {"x", "w", "b"}, "c");
  m.node("Relu", {"c"}, "r");
  m.node("Add", {"r", "x"});
  const Images images{{1, 1, 2}, 3, false, {0, 1, 2, 3, 4, 5}};
  const Calibration ranges = calibrate(m.read(), images, Preprocessing{{1}, {}});
  ASSERT_EQ(ranges.size(), 3u);
  EXPECT_EQ(ranges[0].minimum, -1);  // the input after preprocessing
  EXPECT_EQ(ranges[0].maximum, 4);
  EXPECT_EQ(ranges[1].minimum, 0);  // 3 - 2x, after the fused activation
  EXPECT_EQ(ranges[1].maximum, 5);
  EXPECT_EQ(ranges[2].minimum, 2);  // max(3 - 2x, 0) + x: 4, 3, 2, 2, 3, 4
  EXPECT_EQ(ranges[2].maximum, 4);
}

TEST(Calibration, RefusesNoImagesAndInfiniteTensors) {
  ModelBuilder m({-1, 1, 1, 1});
  m.floats("w", {1, 1, 1, 1}, {3e38F});
  m.node("Conv", {"x", "w"});
  const auto error_of = [&](std::size_t count) {
    const std::vector<std::uint8_t> pixels(count, 200);
    return testing_support::error_of([&] { calibrate(m.read(), {{1, 1, 1}, count, false, pixels}, {}); });
  };
  EXPECT_EQ(error_of(0), "model: no calibration images, expected at least 1");
  EXPECT_EQ(error_of(1), "model: tensor 'y' is not finite on calibration image 0");
}

/// Scales of index.csv by tensor name, those that keep their input's scale left out.
std::map<std::string, double> stored_scales(const StoredNetwork& stored) {
  std::map<std::string, double> scales;
  for (const auto& row : testing_support::comma_rows(stored.folder() / stored.goldens / "index.csv")) {
    const std::string& op = row.at(1);
    if (op == "MaxPool" || op == "Slice" || op == "Pad" || op == "Flatten") continue;
    scales[row.at(3)] = std::stod(row.at(4));
  }
  return scales;
}

TEST(Calibration, FindsTheScalesThatTorchFound) {
  NEARTILE_NEEDS_SHARED();
  for (const StoredNetwork& stored : {resnet20(), lenet5(), mobilenet()}) {
    const Network network = stored.network();
    const Images images = read_images(stored.folder() / stored.calibration, network.input);
    const Calibration ranges = calibrate(network, images, stored.preprocessing);
    const auto scales = stored_scales(stored);
    std::size_t compared = 0;
    const auto check = [&](const std::string& name, const Range& range) {
      const auto found = scales.find(name);
      if (found == scales.end()) return;
      const double low = std::min(0.0, double{range.minimum});
      const double high = std::max(0.0, double{range.maximum});
      EXPECT_NEAR((high - low) / 255 / found->second, 1, 1e-6) << stored.onnx << " " << name;
      ++compared;
    };
    check("input", ranges[0]);
    for (std::size_t i = 0; i < network.nodes.size(); ++i) check(network.nodes[i].output, ranges[i + 1]);
    // MobileNet's last convolution has the name of the flatten that it ends in.
    EXPECT_GE(compared + 2, scales.size()) << stored.onnx;
    EXPECT_GE(compared, 6u);
  }
}

}  // namespace
}  // namespace neartile::workloads
