#include "cell_array_family.h"
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

CellArray cells(Parameters values) {
  return {.first_column = values[0], .constant = static_cast<std::uint32_t>(values[1])};
}

}  // namespace

// Without compensation: what every fixed-width multiplier starts from. With it: M. J. Schulte,
// E. E. Swartzlander: Truncated multiplication with correction constant, VLSI Signal Processing VI, 1993.
constinit const MultiplierFamily truncated_family = cell_array_family<cells>(
    "truncated", "drops the t least significant columns of partial products, and adds the constant c",
    parameters);

}  // namespace neartile::pe
