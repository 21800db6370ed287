#pragma once

#include <cstdint>
#include <string>

namespace neartile {

/// 1,234,567.
std::string thousands(std::uint64_t value);

/// The mean of `total` over `count` things, with a decimal only where it is not whole: 1,234 or 1,234.5.
std::string mean(std::uint64_t total, std::uint64_t count);

/// Three or four digits and a fitting unit: "1.31 ms".
std::string duration(double seconds);

/// part / whole in percent with one decimal: "93.6"; "-" where whole is 0.
std::string percent(double part, double whole);

}  // namespace neartile
