#pragma once

#include <cstdint>

namespace neartile {

/// A whole number of one unit; quantities of different units do not mix.
template <class Unit>
struct Quantity {
  std::uint64_t count = 0;

  constexpr Quantity() = default;
  constexpr explicit Quantity(std::uint64_t n) : count(n) {}

  friend constexpr bool operator==(Quantity a, Quantity b) { return a.count == b.count; }
  friend constexpr bool operator!=(Quantity a, Quantity b) { return a.count != b.count; }
  friend constexpr bool operator<(Quantity a, Quantity b) { return a.count < b.count; }
  constexpr Quantity& operator+=(Quantity other) {
    count += other.count;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.count + b.count); }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.count - b.count); }
  friend constexpr Quantity operator*(Quantity a, std::uint64_t n) { return Quantity(a.count * n); }
};

/// Clock cycles of the chip.
using Cycles = Quantity<struct CycleUnit>;
/// Bytes of 8 bits.
using Bytes = Quantity<struct ByteUnit>;

}  // namespace neartile
