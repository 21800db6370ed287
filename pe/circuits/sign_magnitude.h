#pragma once

#include "../multiplier_name.h"
#include "arithmetic.h"

namespace neartile::pe {

/// sign(a) sign(w) core(|a|, |w|) with |-128| = 128, saturated to 16 bits of two's complement.
std::int32_t sign_magnitude_product(const MultiplierName& name, int activation, int weight);

/// The same in gates: operands made positive, the core, and its product negated where signs differ.
/// `operands` is u8s8 or s8s8.
Bus sign_magnitude_gates(Gates& gates, const MultiplierName& name, Operands operands);

}  // namespace neartile::pe
