#include <algorithm>
#include <cstdlib>

#include "../circuits/arithmetic.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {{"p", 0, 8}};

// The weight in radix 4: digit i = -2 b_(2i+1) + b_(2i) + b_(2i-1). A row is digit x a, made as the
// multiple, inverted if the digit is negative, plus 1 then. In columns below p the selectors of +-2a are
// left out: where the digit is 2 or -2 these bits of the (inverted) multiple are 0.
std::int32_t sum_of_rows(std::int32_t a, std::int32_t b, int digits, int p) {
  std::int32_t sum = 0;
  for (int i = 0; i < digits; ++i) {
    const std::int32_t triple = b * 2 >> 2 * i & 7;
    const std::int32_t digit = (triple + 1) / 2 - (triple & 4);
    std::int32_t bits = digit < 0 ? ~(-digit * a) : digit * a;
    const int low = std::max(p - 2 * i, 0);
    if (std::abs(digit) == 2) bits &= ~((1 << low) - 1);
    sum += (bits + (digit < 0)) * (1 << 2 * i);
  }
  return sum;
}

// One row: the bits from column 2 i on, the sign bit inverted (its weight is accounted for in `ones`).
Bus row_of_bits(Gates& g, const Bus& a, NetIndex negative, NetIndex one, NetIndex two, int low) {
  Bus row;
  for (std::size_t j = 0; j <= a.size(); ++j) {
    const NetIndex same = g.xor_(negative, j < a.size() ? a[j] : a.back());
    const NetIndex left = g.xor_(negative, j == 0 ? Netlist::zero : a[j - 1]);
    const NetIndex single = g.and_(one, same);
    row.push_back(static_cast<int>(j) < low ? single : g.or_(single, g.and_(two, left)));
  }
  row.back() = g.invert(row.back());
  return row;
}

Bus sum_of_rows_gates(Gates& g, const Bus& a, const Bus& b, std::size_t digits, std::size_t width, int p) {
  std::uint32_t ones = 0;
  Columns columns(width);
  const auto put = [&](std::size_t column, NetIndex net) {
    if (net == Netlist::one) ones += 1u << column;
    if (net > Netlist::one && column < width) columns[column].push_back(net);
  };
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit_bit = [&](std::size_t k) { return k == 0 ? Netlist::zero : bit(b, k - 1); };
    const NetIndex right = digit_bit(2 * i), middle = digit_bit(2 * i + 1), left = digit_bit(2 * i + 2);
    const NetIndex one = g.xor_(middle, right);
    const NetIndex two = g.and_(g.xor_(left, middle), g.invert(one));
    const Bus row = row_of_bits(g, a, left, one, two, p - 2 * static_cast<int>(i));
    for (std::size_t j = 0; j < row.size(); ++j) put(2 * i + j, row[j]);
    put(2 * i, g.and_(left, g.invert(g.and_(middle, right))));
    ones -= 1u << (2 * i + a.size());
  }
  for (std::size_t c = 0; c < width; ++c)
    if (ones >> c & 1) columns[c].push_back(Netlist::one);
  return sum_tree(g, std::move(columns));
}

}  // namespace

// The simplified encoder is R4ABE1 of W. Liu and others: Design of approximate radix-4 Booth multipliers
// for error-tolerant computing, IEEE Trans. Computers 2017. Errors are never positive: an unsigned product
// that would be negative is 0.
const MultiplierFamily booth_family{
    .name = "booth",
    .help = "radix-4 Booth; below column p, partial products of the digits 2 and -2 are left out",
    .parameters = parameters,
    .core =
        [](std::uint32_t a, std::uint32_t b, Parameters values) {
          const std::int32_t sum =
              sum_of_rows(static_cast<std::int32_t>(a), static_cast<std::int32_t>(b), 5, values[0]);
          return static_cast<std::uint32_t>(std::max(sum, 0));
        },
    .core_gates =
        [](Gates& g, const Bus& a, const Bus& b, Parameters values) {
          Bus wide = a;
          wide.push_back(Netlist::zero);
          if (values[0] == 0) return sum_of_rows_gates(g, wide, b, 5, 16, 0);
          const Bus sum = sum_of_rows_gates(g, wide, b, 5, 17, values[0]);
          return gated(g, slice(sum, 0, 16), g.invert(sum[16]));
        },
    .native = [](std::int32_t a, std::int32_t b,
                 Parameters values) { return sum_of_rows(a, b, 4, values[0]); },
    .native_gates = [](Gates& g, const Bus& a, const Bus& b,
                       Parameters values) { return sum_of_rows_gates(g, a, b, 4, 16, values[0]); }};

}  // namespace neartile::pe
