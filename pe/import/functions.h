#pragma once

#include "wiring.h"

namespace neartile::pe {

/// The cell of a function of at most six inputs: a generic one where the function is that of one, else
/// LUTn with inputs I0, I1, .. and the output Y.
CellType cell_of_function(const CellFunction& function);

/// One line of a BLIF cover: input positions, and whether each must be 1.
struct Cube {
  std::vector<std::pair<std::size_t, bool>> literals;
};

/// Gates for "any of the cubes", or for its complement. Functions of more than six inputs are cut into
/// gates of at most six.
Wiring::Net place_cover(Wiring& wiring, const Wiring::Bits& inputs, const std::vector<Cube>& cubes,
                        bool complement, unsigned line);

/// Gates for a truth table: entry i is the value where input j has bit j of i.
Wiring::Net place_table(Wiring& wiring, const Wiring::Bits& inputs, const std::vector<bool>& table,
                        unsigned line);

}  // namespace neartile::pe
