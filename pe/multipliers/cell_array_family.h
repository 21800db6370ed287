#pragma once

#include "../circuits/cell_array.h"
#include "neartile/pe/multiplier.h"

namespace neartile::pe {

/// The same cells of a Baugh-Wooley array.
inline CellArray signed_form(CellArray array) {
  array.is_signed = true;
  return array;
}

/// A family whose multipliers are arrays of cells, rows added as they come. `cells` says which cells of
/// the unsigned array are there.
template <CellArray (*cells)(MultiplierFamily::Parameters)>
constexpr MultiplierFamily cell_array_family(std::string_view name, std::string_view help,
                                             std::span<const MultiplierFamily::Parameter> parameters) {
  using Parameters = MultiplierFamily::Parameters;
  return {.name = name,
          .help = help,
          .parameters = parameters,
          .core = [](std::uint32_t a, std::uint32_t b, Parameters p) { return sum_of_cells(cells(p), a, b); },
          .core_gates = [](Gates& g, const Bus& a, const Bus& b,
                           Parameters p) { return array_multiplier(g, cells(p), a, b); },
          .native = [](std::int32_t a, std::int32_t b,
                       Parameters p) { return signed_sum_of_cells(signed_form(cells(p)), a, b); },
          .native_gates = [](Gates& g, const Bus& a, const Bus& b,
                             Parameters p) { return array_multiplier(g, signed_form(cells(p)), a, b); }};
}

}  // namespace neartile::pe
