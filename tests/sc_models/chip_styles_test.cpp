// The same images, loosely timed, with quantum and direct memory, and approximately timed.
#include <gmock/gmock.h>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/chip.h"
#include "neartile/sc_models/hbm2.h"
#include "neartile/sc_models/host_driver.h"
#include "support/chip_platform.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using sc_core::sc_time;
using sc_core::SC_US;
using testing_support::ChipPlatform;
using testing_support::style_of;

struct Result {
  std::vector<std::uint8_t> outputs;
  std::uint64_t cycles = 0;
  std::vector<traces::ToggleCounts> toggles;  ///< by layer
};

Result result_of(const ChipPlatform& platform) {
  Result result{platform.host.outputs(), platform.host.cycles(), {}};
  for (const LayerCounters& layer : platform.chip.counters()) result.toggles.push_back(layer.toggles);
  return result;
}

void expect_same_values(const Result& a, const Result& b) {
  EXPECT_FALSE(a.outputs.empty());
  EXPECT_EQ(a.outputs, b.outputs);
  ASSERT_EQ(a.toggles.size(), b.toggles.size());
  for (std::size_t i = 0; i < a.toggles.size(); ++i) {
    EXPECT_EQ(a.toggles[i].activation, b.toggles[i].activation) << i;
    EXPECT_EQ(a.toggles[i].product, b.toggles[i].product) << i;
    EXPECT_EQ(a.toggles[i].partial_sum, b.toggles[i].partial_sum) << i;
    EXPECT_EQ(a.toggles[i].weight, b.toggles[i].weight) << i;
  }
}

TEST(ChipStyles, HaveTheSameOutputsAndTogglesAndNearlyTheSameCycles) {
  const auto network = testing_support::network_of_everything(11).quantise();
  const auto config = testing_support::small_chip();
  const auto program = compile(network, router::Routing(network.network.nodes.size(), 0), config);
  const auto inputs = testing_support::random_inputs(program, 3);
  ChipPlatform lt("lt", program, style_of(config, "lt"), inputs);
  ChipPlatform at("at", program, style_of(config, "at"), inputs);
  ChipPlatform dmi("dmi", program, style_of(config, "lt+dmi"), inputs);
  sc_core::sc_start();
  for (const auto* platform : {&lt, &at, &dmi}) {
    EXPECT_EQ(platform->host.finished(), 3u);
    EXPECT_EQ(platform->memory_checker.in_flight(), 0u);
  }
  const Result reference = result_of(at), blocking = result_of(lt);
  expect_same_values(blocking, reference);
  expect_same_values(result_of(dmi), reference);
  const double ratio = static_cast<double>(blocking.cycles) / static_cast<double>(reference.cycles);
  RecordProperty("lt_over_at_cycles", std::to_string(ratio));
  EXPECT_GT(ratio, 0.9);
  EXPECT_LT(ratio, 1.1);
}

TEST(ChipStyles, AQuantumOfTenMicrosecondsChangesNoValue) {
  tlm::tlm_global_quantum::instance().set(sc_time(10, SC_US));
  const auto network = testing_support::network_of_everything(11).quantise();
  const auto config = testing_support::small_chip();
  const auto program = compile(network, router::Routing(network.network.nodes.size(), 0), config);
  const auto inputs = testing_support::random_inputs(program, 3);
  ChipPlatform dmi("dmi", program, style_of(config, "lt+dmi"), inputs);
  ChipPlatform lt("lt", program, style_of(config, "lt"), inputs);
  ChipPlatform at("at", program, style_of(config, "at"), inputs);
  sc_core::sc_start();
  expect_same_values(result_of(dmi), result_of(at));
  expect_same_values(result_of(lt), result_of(at));
}

TEST(ChipStyles, AHostInFourPhasesGetsTheOutputOfOneThatBlocks) {
  const auto network = testing_support::network_of_everything(11).quantise();
  const auto config = testing_support::small_chip();
  const auto program = compile(network, router::Routing(network.network.nodes.size(), 0), config);
  testing_support::BareChip blocking("blocking", program, config),
      phased("phased", program, style_of(config, "at"));
  phased.four_phases = true;
  std::vector<std::uint8_t> outputs[2];
  blocking.work = [&] {
    blocking.run();
    outputs[0] = blocking.output();
  };
  phased.work = [&] {
    phased.run();
    outputs[1] = phased.output();
  };
  sc_core::sc_start();
  EXPECT_FALSE(outputs[0].empty());
  EXPECT_EQ(outputs[0], outputs[1]);
}

}  // namespace
}  // namespace neartile::sc_models
