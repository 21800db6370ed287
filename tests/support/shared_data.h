#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace neartile::testing_support {

/// The folder of shared facts and networks: NEARTILE_SHARED, else ../shared beside the checkout.
inline std::filesystem::path shared_data() {
  const char* named = std::getenv("NEARTILE_SHARED");
  return named ? std::filesystem::path(named) : std::filesystem::path(NEARTILE_SOURCE_DIR) / ".." / "shared";
}

}  // namespace neartile::testing_support

/// Skips the test where the shared folder is absent; with NEARTILE_REQUIRE_SHARED=1 that is a failure.
#define NEARTILE_NEEDS_SHARED()                                                            \
  if (!std::filesystem::exists(neartile::testing_support::shared_data() / "data")) {       \
    const char* required = std::getenv("NEARTILE_REQUIRE_SHARED");                         \
    if (required && std::string(required) == "1") FAIL() << "NEARTILE_SHARED is required"; \
    GTEST_SKIP() << "shared data not found";                                               \
  }                                                                                        \
  static_assert(true)
