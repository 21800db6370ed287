#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

// The most that the dropped cells of columns 0 .. t-1 can add up to: no compensation needs to be larger,
// and no product then leaves 16 bits.
int worst_error(Parameters before) {
  int sum = 0;
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < 8; ++j)
      if (i + j < before[0]) sum += 1 << (i + j);
  return sum;
}

constexpr MultiplierFamily::Parameter parameters[] = {{"t", 0, 15}, {"c", 0, 65025, true, worst_error}};

CellArray cells(Parameters values, bool is_signed) {
  return {
      .first_column = values[0], .is_signed = is_signed, .constant = static_cast<std::uint32_t>(values[1])};
}

}  // namespace

// Without compensation: what every fixed-width multiplier starts from. With it: M. J. Schulte,
// E. E. Swartzlander: Truncated multiplication with correction constant, VLSI Signal Processing VI, 1993.
const MultiplierFamily truncated_family{
    .name = "truncated",
    .help = "drops the t least significant columns of partial products, and adds the constant c",
    .parameters = parameters,
    .core = [](std::uint32_t a, std::uint32_t b,
               Parameters p) { return sum_of_cells(cells(p, false), a, b); },
    .core_gates = [](Gates& g, const Bus& a, const Bus& b,
                     Parameters p) { return array_multiplier(g, cells(p, false), a, b); },
    .native = [](std::int32_t a, std::int32_t b,
                 Parameters p) { return signed_sum_of_cells(cells(p, true), a, b); },
    .native_gates = [](Gates& g, const Bus& a, const Bus& b,
                       Parameters p) { return array_multiplier(g, cells(p, true), a, b); }};

}  // namespace neartile::pe
