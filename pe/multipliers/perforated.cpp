#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {
    {"j0", 0, 7}, {"m", 1, 8, false, [](Parameters before) { return 8 - before[0]; }}};

// The weight without its bits j0 .. j0 + m - 1; bit 7 of two's complement is worth -128, there or not.
std::uint32_t kept_bits(Parameters values) {
  return ~(((1u << values[1]) - 1) << values[0]) & 0xff;
}

std::int32_t perforated(std::int32_t b, Parameters values) {
  return static_cast<std::int8_t>(static_cast<std::uint32_t>(b) & kept_bits(values));
}

Bus perforated(Bus b, Parameters values) {
  std::fill_n(b.begin() + values[0], values[1], Netlist::zero);
  return b;
}

}  // namespace

// G. Zervakis and others: Design-efficient approximate multiplication circuits through partial product
// perforation, IEEE TVLSI 2016.
const MultiplierFamily perforated_family{
    .name = "perforated",
    .help = "leaves out m rows of partial products (weight bits) from row j0",
    .parameters = parameters,
    .core = [](std::uint32_t a, std::uint32_t b, Parameters p) { return a * (b & kept_bits(p)); },
    .core_gates = [](Gates& g, const Bus& a, const Bus& b,
                     Parameters p) { return array_multiplier(g, {}, a, perforated(b, p)); },
    .native = [](std::int32_t a, std::int32_t b, Parameters p) { return a * perforated(b, p); },
    .native_gates =
        [](Gates& g, const Bus& a, const Bus& b, Parameters p) {
          return array_multiplier(g, {.is_signed = true}, a, perforated(b, p));
        }};

}  // namespace neartile::pe
