#pragma once

#include <cstdint>
#include <string>

namespace neartile::traces {

/// Bit changes of an array's nets over a window, per class (docs/reference/array.md says which nets
/// count). Zero-delay: settled values at clock edges, no glitches.
struct ToggleCounts {
  std::uint64_t activation = 0;   ///< activation registers
  std::uint64_t product = 0;      ///< product nets
  std::uint64_t partial_sum = 0;  ///< partial-sum registers

  ToggleCounts& operator+=(const ToggleCounts& other) {
    activation += other.activation;
    product += other.product;
    partial_sum += other.partial_sum;
    return *this;
  }
  std::uint64_t total() const { return activation + product + partial_sum; }
  friend bool operator==(const ToggleCounts& a, const ToggleCounts& b) {
    return a.activation == b.activation && a.product == b.product && a.partial_sum == b.partial_sum;
  }
};

/// "activation 3 + product 5 + partial sum 7 = 15 toggles".
std::string to_string(const ToggleCounts& counts);

}  // namespace neartile::traces
