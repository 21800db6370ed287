#pragma once

#include <array>

#include "neartile/pe/multiplier.h"

namespace neartile::pe {

// One family a file, beside this one. To add a family: write its file, then name it in both lists.
extern const MultiplierFamily exact_family;
extern const MultiplierFamily truncated_family;
extern const MultiplierFamily drum_family;

inline constexpr std::array<const MultiplierFamily*, 3> all_families{&exact_family, &truncated_family,
                                                                     &drum_family};

}  // namespace neartile::pe
