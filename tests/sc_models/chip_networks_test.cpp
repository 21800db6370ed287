#include <algorithm>
#include <vector>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/run.h"
#include "neartile/workloads/executor.h"
#include "workloads/stored_networks.h"

namespace neartile::sc_models {
namespace {

using workloads::StoredNetwork;

router::ChipConfig bank_of_four() {
  router::ChipConfig chip;
  chip.arrays.clear();
  for (const char* multiplier : {"exact", "truncated(4)", "truncated(6)", "drum(4)"}) {
    router::GroupConfig group;
    group.array.pe.multiplier = multiplier;
    chip.arrays.push_back(group);
  }
  complete(chip, "test");
  return chip;
}

/// Every output integer of every image: the chip's, with layers spread over a bank, against the executor's.
void expect_chip_equals_executor(const StoredNetwork& stored, std::size_t images) {
  const auto float_network = stored.network();
  const auto calibration =
      workloads::read_images(StoredNetwork::folder() / stored.calibration, float_network.input);
  const auto test = stored.test_images(float_network, images);
  const auto network = workloads::quantise(
      float_network,
      workloads::choose_encodings(float_network,
                                  workloads::calibrate(float_network, calibration, stored.preprocessing),
                                  workloads::Scheme::affine_u8));
  const auto chip = bank_of_four();
  router::Routing routing;
  std::vector<array::ArrayConfig> arrays;
  for (std::size_t node = 0; node < float_network.nodes.size(); ++node) {
    routing.push_back(node % chip.arrays.size());
    arrays.push_back(chip.arrays[routing.back()].array);
  }
  std::vector<std::vector<std::uint8_t>> inputs;
  for (std::size_t i = 0; i < test.count; ++i) {
    inputs.push_back(encode_image(test, i, stored.preprocessing, network.encodings.front()));
  }
  const RunResult chip_result = run(compile(network, routing, chip), chip, inputs);

  const workloads::Executor executor(network, arrays);
  const std::size_t outputs = float_network.nodes.back().shape.elements();
  ASSERT_EQ(chip_result.outputs.size(), outputs * images);
  for (std::size_t i = 0; i < images; ++i) {
    const auto expected = executor.run(inputs[i]).back();
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), chip_result.outputs.begin() + i * outputs))
        << "image " << i;
  }
}

TEST(ChipNetworks, ResNet20IsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::resnet20(), 4);
}

TEST(ChipNetworks, LeNet5IsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::lenet5(), 20);
}

TEST(ChipNetworks, MobileNetIsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::mobilenet(), 1);
}

TEST(ChipNetworks, SqueezeNetIsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::squeezenet(), 1);
}

class LongChipNetworks : public testing::TestWithParam<const char*> {};

TEST_P(LongChipNetworks, EveryResNet20IsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::resnet20(GetParam()), 100);
}
INSTANTIATE_TEST_SUITE_P(Variants, LongChipNetworks,
                         testing::Values("folded", "bn", "torchexport", "folded_conv1x1"));

TEST(LongChipNetworksOfOtherKinds, LeNet5IsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::lenet5(), 2000);
}

TEST(LongChipNetworksOfOtherKinds, MobileNetIsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::mobilenet(), 20);
}

TEST(LongChipNetworksOfOtherKinds, SqueezeNetIsThatOfTheExecutor) {
  NEARTILE_NEEDS_SHARED();
  expect_chip_equals_executor(workloads::squeezenet(), 20);
}

}  // namespace
}  // namespace neartile::sc_models
