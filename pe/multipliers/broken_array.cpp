#include "cell_array_family.h"
#include "families.h"

namespace neartile::pe {
namespace {

constexpr MultiplierFamily::Parameter parameters[] = {{"h", 0, 7}, {"v", 0, 15}};

CellArray cells(MultiplierFamily::Parameters values) {
  return {.first_column = values[1], .first_row = values[0]};
}

}  // namespace

// H. R. Mahdiani and others: Bio-inspired imprecise computational blocks for efficient VLSI implementation
// of soft-computing applications, IEEE TCAS-I 2010.
constinit const MultiplierFamily broken_array_family = cell_array_family<cells>(
    "broken_array", "drops the cells of the h lowest rows (weight bits) and of the v lowest columns",
    parameters);

}  // namespace neartile::pe
