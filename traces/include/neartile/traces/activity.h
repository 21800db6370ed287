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
  std::uint64_t weight = 0;       ///< weight registers
  std::uint64_t control = 0;      ///< valid, enable, select, load and bank bits

  ToggleCounts& operator+=(const ToggleCounts& other) {
    activation += other.activation;
    product += other.product;
    partial_sum += other.partial_sum;
    weight += other.weight;
    control += other.control;
    return *this;
  }
  std::uint64_t total() const { return activation + product + partial_sum + weight + control; }
  friend bool operator==(const ToggleCounts& a, const ToggleCounts& b) {
    return a.activation == b.activation && a.product == b.product && a.partial_sum == b.partial_sum &&
           a.weight == b.weight && a.control == b.control;
  }
};

/// Rising edges at the clock pins of flip-flops over a window, per class.
struct ClockCounts {
  std::uint64_t activation = 0;
  std::uint64_t partial_sum = 0;
  std::uint64_t weight = 0;
  std::uint64_t control = 0;

  ClockCounts& operator+=(const ClockCounts& other) {
    activation += other.activation;
    partial_sum += other.partial_sum;
    weight += other.weight;
    control += other.control;
    return *this;
  }
  std::uint64_t total() const { return activation + partial_sum + weight + control; }
  friend bool operator==(const ClockCounts& a, const ClockCounts& b) {
    return a.activation == b.activation && a.partial_sum == b.partial_sum && a.weight == b.weight &&
           a.control == b.control;
  }
};

/// One bit of a register or net over a window: a SAIF file's TC, T0 and T1, times in clock cycles.
struct BitActivity {
  std::uint64_t toggles = 0;
  std::uint64_t cycles_at_0 = 0;
  std::uint64_t cycles_at_1 = 0;
  friend bool operator==(const BitActivity& a, const BitActivity& b) {
    return a.toggles == b.toggles && a.cycles_at_0 == b.cycles_at_0 && a.cycles_at_1 == b.cycles_at_1;
  }
};

/// "activation 3 + product 5 + partial sum 7 + weight 2 + control 1 = 18 toggles".
std::string to_string(const ToggleCounts& counts);

}  // namespace neartile::traces
