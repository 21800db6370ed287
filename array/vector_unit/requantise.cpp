#include <cassert>
#include <vector>

#include "neartile/array/vector_unit.h"
#include "vector_unit/rounding.h"

namespace neartile::array {
namespace {

/// clamp(rint(real / scale) + zero_point) into the encoding's integers, for infinities, too.
int nearest_integer(double real, const Encoding& encoding) {
  return Rounder(encoding, {encoding.minimum(), encoding.maximum()}).integer(real / encoding.scale);
}

}  // namespace

IntegerRange integer_range(const Encoding& encoding, const Clamp& clamp) {
  return {nearest_integer(clamp.minimum, encoding), nearest_integer(clamp.maximum, encoding)};
}

std::uint8_t encode(double real, const Encoding& encoding, const IntegerRange& range) {
  return Rounder(encoding, range).pattern(real / encoding.scale);
}

void requantise(MatrixView<const std::int32_t> sums, std::span<const std::int32_t> bias,
                std::span<const double> multiplier, const Encoding& encoding, const Clamp& clamp,
                MatrixView<std::uint8_t> out) {
  assert(sums.rows == out.rows && sums.columns == out.columns);
  assert(bias.size() == sums.columns && multiplier.size() == sums.columns);
  const Rounder rounder(encoding, integer_range(encoding, clamp));
  // Sums of two int32 are exact in double, where they cannot overflow.
  const std::vector<double> offset(bias.begin(), bias.end());
  for (std::size_t m = 0; m < sums.rows; ++m) {
    const std::int32_t* sum = sums.row(m);
    std::uint8_t* pattern = out.row(m);
    for (std::size_t n = 0; n < sums.columns; ++n) {
      pattern[n] = rounder.pattern((sum[n] + offset[n]) * multiplier[n]);
    }
  }
}

}  // namespace neartile::array
