#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "neartile/pe/base/child_process.h"

namespace neartile::testing_support {

inline bool has_tool(const std::string& name, const std::string& version_option) {
  return run_child({name, version_option}, std::chrono::seconds(20)).started;
}

inline bool tools_are_required() {
  const char* required = std::getenv("NEARTILE_REQUIRE_TOOLS");
  return required && std::string(required) == "1";
}

}  // namespace neartile::testing_support

/// Skips the test where a program is not installed; with NEARTILE_REQUIRE_TOOLS=1 that is a failure.
#define NEARTILE_NEEDS_TOOL(name, version_option)                          \
  if (!neartile::testing_support::has_tool(name, version_option)) {        \
    if (neartile::testing_support::tools_are_required())                   \
      FAIL() << name << " is not installed, and NEARTILE_REQUIRE_TOOLS=1"; \
    GTEST_SKIP() << name << " is not installed";                           \
  }                                                                        \
  static_assert(true)
