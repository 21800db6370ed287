#include <gtest/gtest.h>

#include "neartile/router/estimate.h"
#include "neartile/workloads/drawn_operands.h"
#include "neartile/workloads/executor.h"
#include "workloads/stored_networks.h"

namespace neartile::router {
namespace {

using workloads::StoredNetwork;

// Toggles of a network's first test image, and of operands that are drawn for its shapes, on a 128 x 128
// array.
struct TwoSources {
  explicit TwoSources(const StoredNetwork& stored) {
    const workloads::Network network = stored.network();
    const auto calibration =
        workloads::read_images(StoredNetwork::folder() / stored.calibration, network.input);
    const workloads::QuantisedNetwork quantised = workloads::quantise(
        network,
        workloads::choose_encodings(network, workloads::calibrate(network, calibration, stored.preprocessing),
                                    workloads::Scheme::affine_u8));
    const auto images = stored.test_images(network, 1);
    const auto tensors = workloads::Executor(quantised, {array::ArrayConfig{}})
                             .run(encode_image(images, 0, stored.preprocessing, quantised.encodings.front()));
    const auto trained = [&](std::size_t node) {
      const workloads::TensorIndex from = network.nodes[node].inputs[0];
      return workloads::LayerOperands{tensors[from],
                                      static_cast<std::uint8_t>(quantised.encodings[from].zero_point),
                                      quantised.matrices[node].weights};
    };
    const auto from_dice = [&](std::size_t node) {
      return draw_operands({}, network, node, pe::Format::u8s8);
    };
    real = total(network, trained);
    drawn = total(network, from_dice);
  }

  static traces::ToggleCounts total(const workloads::Network& network,
                                    const workloads::OperandSource& source) {
    const ChipConfig chip;
    traces::ToggleCounts sum;
    for (const auto& counts : estimate_toggles(network, Routing(network.nodes.size(), 0), chip, source))
      sum += counts;
    return sum;
  }

  traces::ToggleCounts real, drawn;
};

double ratio(std::uint64_t drawn, std::uint64_t real) {
  return static_cast<double>(drawn) / static_cast<double>(real);
}

// The ratios of docs/reference/networks.md.
void expect_ratios(const StoredNetwork& stored, double activation, double product, double partial_sum) {
  const TwoSources sources(stored);
  EXPECT_NEAR(ratio(sources.drawn.activation, sources.real.activation), activation, 0.02);
  EXPECT_NEAR(ratio(sources.drawn.product, sources.real.product), product, 0.02);
  EXPECT_NEAR(ratio(sources.drawn.partial_sum, sources.real.partial_sum), partial_sum, 0.02);
}

TEST(EstimateStatistics, OfResNet20AreNearDrawnOnes) {
  NEARTILE_NEEDS_SHARED();
  expect_ratios(workloads::resnet20(), 1.00, 1.06, 1.13);
}

TEST(EstimateStatistics, OfLeNet5AreNearDrawnOnes) {
  NEARTILE_NEEDS_SHARED();
  expect_ratios(workloads::lenet5(), 1.51, 1.30, 1.41);
}

TEST(EstimateStatistics, OfMobileNetAreNearDrawnOnes) {
  NEARTILE_NEEDS_SHARED();
  expect_ratios(workloads::mobilenet(), 0.66, 0.92, 1.46);
}

TEST(LongEstimateStatistics, OfSqueezeNetAreNearDrawnOnes) {
  NEARTILE_NEEDS_SHARED();
  expect_ratios(workloads::squeezenet(), 1.02, 1.82, 1.50);
}

}  // namespace
}  // namespace neartile::router
