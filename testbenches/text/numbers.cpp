#include "text/numbers.h"

#include <fmt/format.h>

#include <cmath>

namespace neartile {

std::string thousands(std::uint64_t value) {
  std::string digits = fmt::format("{}", value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string mean(std::uint64_t total, std::uint64_t count) {
  if (count == 0) return "-";
  if (total % count == 0) return thousands(total / count);
  const auto tenths =
      static_cast<std::uint64_t>(std::llround(10 * static_cast<double>(total) / static_cast<double>(count)));
  return fmt::format("{}.{}", thousands(tenths / 10), tenths % 10);
}

std::string duration(double seconds) {
  static constexpr struct {
    double size;
    const char* name;
  } units[] = {{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}};
  for (const auto& unit : units)
    if (seconds >= unit.size) {
      const double value = seconds / unit.size;
      return fmt::format("{:.{}f} {}", value, value < 10 ? 2 : value < 100 ? 1 : 0, unit.name);
    }
  return fmt::format("{:.0f} ns", seconds * 1e9);
}

std::string percent(double part, double whole) {
  return whole > 0 ? fmt::format("{:.1f}", 100 * part / whole) : "-";
}

}  // namespace neartile
