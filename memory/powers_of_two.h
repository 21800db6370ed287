#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "neartile/pe/base/error.h"

namespace neartile::memory {

/// Throws InputError at `place`/`key` unless `value` is a power of two.
inline void expect_power_of_two(std::uint64_t value, const std::string& place, const char* key) {
  if ((value & (value - 1)) != 0)
    throw InputError(fmt::format("{}: /{}", place, key),
                     fmt::format("is {}, expected a power of two", value));
}

}  // namespace neartile::memory
