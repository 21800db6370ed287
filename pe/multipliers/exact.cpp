#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr CellArray unsigned_cells{}, signed_cells{.is_signed = true};

std::uint32_t core(std::uint32_t a, std::uint32_t b, Parameters) {
  return a * b;
}

std::int32_t native(std::int32_t a, std::int32_t b, Parameters) {
  return a * b;
}

}  // namespace

const MultiplierFamily exact_family{
    .name = "exact",
    .help = "the exact product, as an array with carries saved",
    .parameters = {},
    .core = core,
    .core_gates = [](Gates& g, const Bus& a, const Bus& b,
                     Parameters) { return array_multiplier(g, unsigned_cells, a, b); },
    .native = native,
    .native_gates = [](Gates& g, const Bus& a, const Bus& b,
                       Parameters) { return array_multiplier(g, signed_cells, a, b); }};

// L. Dadda: Some schemes for parallel multipliers, Alta Frequenza 1965.
const MultiplierFamily exact_tree_family{
    .name = "exact_tree",
    .help = "the exact product, as Dadda's tree and a prefix adder",
    .parameters = {},
    .core = core,
    .core_gates = [](Gates& g, const Bus& a, const Bus& b,
                     Parameters) { return tree_multiplier(g, unsigned_cells, a, b); },
    .native = native,
    .native_gates = [](Gates& g, const Bus& a, const Bus& b,
                       Parameters) { return tree_multiplier(g, signed_cells, a, b); }};

}  // namespace neartile::pe
