#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {{"h", 0, 7}, {"v", 0, 15}};

CellArray cells(Parameters values, bool is_signed) {
  return {.first_column = values[1], .first_row = values[0], .is_signed = is_signed};
}

}  // namespace

// H. R. Mahdiani and others: Bio-inspired imprecise computational blocks for efficient VLSI implementation
// of soft-computing applications, IEEE TCAS-I 2010.
const MultiplierFamily broken_array_family{
    .name = "broken_array",
    .help = "drops the cells of the h lowest rows (weight bits) and of the v lowest columns",
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
