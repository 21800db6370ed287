#include "neartile/memory/hbm2_config.h"

#include <gmock/gmock.h>

#include "support/error_of.h"

namespace neartile::memory {
namespace {

TEST(Hbm2Config, TheDefaultIsTpuV3sMemory) {
  const Hbm2Config config;
  check(config, "test");
  EXPECT_EQ(size_bytes(config), std::uint64_t{32} << 30);
  EXPECT_NEAR(peak_GBps(config), 900, 1);
  EXPECT_EQ(burst_bytes(config), 32u);
}

std::string error_with(void (*spoil)(Hbm2Config&)) {
  Hbm2Config config;
  spoil(config);
  return testing_support::error_of([&] { check(config, "memory.json"); });
}

TEST(Hbm2Config, WhatFieldsSayTogetherIsChecked) {
  EXPECT_EQ(error_with([](Hbm2Config& c) { c.channels = 24; }),
            "memory.json: /channels: is 24, expected a power of two");
  EXPECT_EQ(error_with([](Hbm2Config& c) { c.row_bytes = 16; }),
            "memory.json: /row_bytes: is 16, expected at least the 32 of a burst");
  EXPECT_THAT(error_with([](Hbm2Config& c) { c.timing.tREFI_ns = 300; }),
              testing::HasSubstr("memory.json: /timing/tREFI_ns: is 300, expected at least"));
  Hbm2Config unrefreshed;
  unrefreshed.timing.tREFI_ns = 0;
  unrefreshed.timing.refresh = false;
  EXPECT_NO_THROW(check(unrefreshed, "test"));
}

}  // namespace
}  // namespace neartile::memory
