#include "multipliers/families.h"

namespace neartile::pe {

const MultiplierFamily exact_family{
    "exact",
    "the exact product",
    {},
    [](std::uint32_t a, std::uint32_t b, std::span<const int>) { return a * b; },
    true};

}  // namespace neartile::pe
