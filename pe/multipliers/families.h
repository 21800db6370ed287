#pragma once

#include <array>

#include "neartile/pe/multiplier.h"

namespace neartile::pe {

// One family a file, beside this one. To add a family: write its file, then name it in both lists.
extern const MultiplierFamily exact_family;
extern const MultiplierFamily exact_tree_family;
extern const MultiplierFamily truncated_family;
extern const MultiplierFamily broken_array_family;
extern const MultiplierFamily operand_truncation_family;
extern const MultiplierFamily perforated_family;
extern const MultiplierFamily booth_family;
extern const MultiplierFamily udm_family;
extern const MultiplierFamily drum_family;
extern const MultiplierFamily mitchell_family;
extern const MultiplierFamily iterative_mitchell_family;
extern const MultiplierFamily roba_family;
extern const MultiplierFamily etm_family;

inline constexpr std::array all_families{&exact_family,
                                         &exact_tree_family,
                                         &truncated_family,
                                         &broken_array_family,
                                         &operand_truncation_family,
                                         &perforated_family,
                                         &booth_family,
                                         &udm_family,
                                         &drum_family,
                                         &mitchell_family,
                                         &iterative_mitchell_family,
                                         &roba_family,
                                         &etm_family};

}  // namespace neartile::pe
