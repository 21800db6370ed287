#include "multipliers/families.h"

namespace neartile::pe {
namespace {

constexpr MultiplierFamily::Parameter parameters[] = {{"t", 0, 15}};

// The array multiplier without the partial-product bits a_i b_j of the columns i + j < t.
std::uint32_t core(std::uint32_t a, std::uint32_t b, std::span<const int> values) {
  std::uint32_t sum = 0;
  for (int j = 0; j < 8; ++j) {
    const int dropped = values[0] > j ? values[0] - j : 0;
    if (b >> j & 1) sum += (a >> dropped << dropped) << j;
  }
  return sum;
}

}  // namespace

const MultiplierFamily truncated_family{
    "truncated", "drops the t least significant columns of partial products", parameters, core};

}  // namespace neartile::pe
