#include "multipliers/figures.h"

#include <fmt/format.h>

#include <cmath>

namespace neartile::multipliers {

std::string figure(double value) {
  if (std::abs(value) >= 1e6) return fmt::format("{:.0f}", value);
  return fmt::format("{:.6g}", value);
}

std::string fixed(double value, int decimals) {
  const std::string text = fmt::format("{:.{}f}", value, decimals);
  return text.find_first_not_of("-0.") == std::string::npos && text.front() == '-' ? text.substr(1) : text;
}

std::string ratio(double value, double reference) {
  return reference > 0 ? fmt::format("{:.2f}", value / reference) : "-";
}

}  // namespace neartile::multipliers
