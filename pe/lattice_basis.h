#pragma once

#include <optional>
#include <vector>

#include "neartile/pe/decomposition.h"

namespace neartile::pe {

/// Integer terms of any table of rank `most` or less: weight[] of the terms are a basis of the lattice that
/// the table's rows span, so that every row is a sum of them with integer factors. Nothing where a number
/// leaves 32 bits.
std::optional<std::vector<Term>> lattice_terms(const std::vector<std::int64_t>& entries, std::size_t most);

}  // namespace neartile::pe
