#pragma once

#include <cstddef>
#include <cstdint>

#include "neartile/array/vector_unit.h"

namespace neartile::array {

/// Nearest integer, ties to even, of |x| < 2^51: adding 1.5 * 2^52 leaves no fraction bits. Unlike
/// rint() it is two additions, so that loops vectorise on every target.
inline double round_to_even(double x) {
  constexpr double no_fraction = 0x1.8p52;
  return (x + no_fraction) - no_fraction;
}

/// Rounds reals in units of the output's scale to patterns. Its bounds are integers, so that clamping
/// before rounding equals clamping after, and no value leaves the exact range of round_to_even().
class Rounder {
 public:
  Rounder(const Encoding& encoding, const IntegerRange& range)
      : low_(range.low - encoding.zero_point),
        high_(range.high - encoding.zero_point),
        zero_point_(encoding.zero_point) {}

  /// The integer of `scaled` = real / scale; not-a-number gives the lower bound.
  int integer(double scaled) const {
    const double above = scaled > low_ ? scaled : low_;
    const double inside = above < high_ ? above : high_;
    return static_cast<int>(round_to_even(inside)) + zero_point_;
  }
  std::uint8_t pattern(double scaled) const { return static_cast<std::uint8_t>(integer(scaled)); }

 private:
  double low_;
  double high_;
  int zero_point_;
};

}  // namespace neartile::array
