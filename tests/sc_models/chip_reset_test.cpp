// Resets at many moments of a run, by pin and by register, in each style of reaching memory.
#include <functional>

#include "neartile/router/compiler.h"
#include "neartile/sc_models/driver/neartile_registers.h"
#include "support/chip_platform.h"
#include "support/small_networks.h"

namespace neartile::sc_models {
namespace {

using sc_core::SC_NS;
using sc_core::sc_time;
using testing_support::BareChip;

/// What a run leaves behind, as far as timing does not change it.
struct Outcome {
  std::vector<std::uint8_t> output;
  std::vector<std::uint64_t> toggles;
  bool operator==(const Outcome&) const = default;
};

Outcome outcome_of(BareChip& platform) {
  Outcome outcome{platform.output(), {}};
  for (const LayerCounters& layer : platform.chip.counters()) {
    const traces::ToggleCounts& t = layer.toggles;
    outcome.toggles.insert(outcome.toggles.end(), {t.activation, t.product, t.partial_sum, t.weight});
  }
  return outcome;
}

void expect_reset_values(BareChip& platform) {
  EXPECT_EQ(platform.read(NEARTILE_STATUS), 0u);
  EXPECT_EQ(platform.read(NEARTILE_INTERRUPT_STATUS), 0u);
  EXPECT_EQ(platform.read(NEARTILE_INTERRUPT_ENABLE), 0u);
  EXPECT_EQ(platform.read(NEARTILE_LAYER_CYCLES_LOW(0)), 0u);
  EXPECT_EQ(platform.read(NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(0)), 0u);
  EXPECT_FALSE(platform.irq.read());
  EXPECT_EQ(platform.memory_checker.in_flight(), 0u);
}

/// Resets a chip at work: by its pin, held for a while, or by its register.
void reset(BareChip& platform, bool by_pin) {
  if (by_pin) {
    platform.reset.write(true);
    sc_core::wait(sc_time(7, SC_NS));
    EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_BUSY);
    EXPECT_EQ(platform.write(NEARTILE_DOORBELL, NEARTILE_DOORBELL_START), tlm::TLM_GENERIC_ERROR_RESPONSE);
    platform.reset.write(false);
  } else {
    EXPECT_EQ(platform.write(NEARTILE_CONTROL, NEARTILE_CONTROL_RESET), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_BUSY);
  }
  const sc_time limit = sc_core::sc_time_stamp() + sc_time(20, sc_core::SC_US);
  while (platform.read(NEARTILE_STATUS) == NEARTILE_STATUS_BUSY && sc_core::sc_time_stamp() < limit)
    sc_core::wait(sc_time(10, SC_NS));
}

/// One image a run: whole first, then `moments` times broken off by a reset and whole again.
void expect_as_new_after_resets(std::string_view style, int moments) {
  const auto network = testing_support::network_of_everything(12).quantise();
  const auto config = testing_support::style_of(testing_support::small_chip(), style);
  const auto program = router::compile(network, router::Routing(network.network.nodes.size(), 0), config);
  BareChip platform("platform", program, config);
  int broken_off = 0, in_flight = 0;
  platform.work = [&] {
    const sc_time start = sc_core::sc_time_stamp();
    platform.run();
    const sc_time whole = sc_core::sc_time_stamp() - start;
    const Outcome fresh = outcome_of(platform);
    for (int i = 0; i < moments; ++i) {
      SCOPED_TRACE("moment " + std::to_string(i));
      platform.submit();
      sc_core::wait(whole * (i + 0.5) / moments);
      broken_off += platform.read(NEARTILE_STATUS) == NEARTILE_STATUS_BUSY;
      in_flight += platform.memory_checker.in_flight() > 0;
      reset(platform, i % 2 == 0);
      expect_reset_values(platform);
      platform.run();
      EXPECT_TRUE(outcome_of(platform) == fresh);
    }
  };
  sc_core::sc_start();
  EXPECT_TRUE(platform.finished);
  EXPECT_GE(broken_off, moments * 3 / 4);
  if (style == "at") EXPECT_GE(in_flight, moments / 4) << "resets in the middle of bursts";
}

class ChipReset : public testing::TestWithParam<const char*> {};
TEST_P(ChipReset, AtAnyMomentLeavesTheChipAsNew) {
  expect_as_new_after_resets(GetParam(), 40);
}
INSTANTIATE_TEST_SUITE_P(Styles, ChipReset, testing::Values("lt", "lt+dmi", "at"), [](const auto& style) {
  return std::string(style.param) == "lt+dmi" ? "lt_dmi" : style.param;
});

TEST(ChipResetPin, HeldFromTheStartKeepsTheChipBusyUntilItIsReleased) {
  const auto network = testing_support::network_of_everything(12).quantise();
  const auto config = testing_support::small_chip();
  const auto program = router::compile(network, router::Routing(network.network.nodes.size(), 0), config);
  BareChip platform("platform", program, config);
  platform.reset.write(true);
  platform.work = [&] {
    sc_core::wait(sc_time(100, SC_NS));
    EXPECT_EQ(platform.read(NEARTILE_STATUS), NEARTILE_STATUS_BUSY);
    platform.reset.write(false);
    sc_core::wait(sc_time(100, SC_NS));
    expect_reset_values(platform);
    platform.run();
    EXPECT_FALSE(platform.output().empty());
  };
  sc_core::sc_start();
  EXPECT_TRUE(platform.finished);
}

}  // namespace
}  // namespace neartile::sc_models
