#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {{"h", 0, 7}};

template <class Integer>
Integer cleared(Integer x, Parameters values) {
  return x & static_cast<Integer>(~0u << values[0]);
}

Bus cleared(Bus x, Parameters values) {
  std::fill_n(x.begin(), values[0], Netlist::zero);
  return x;
}

}  // namespace

const MultiplierFamily operand_truncation_family{
    .name = "operand_truncation",
    .help = "clears the h low bits of both operands",
    .parameters = parameters,
    .core = [](std::uint32_t a, std::uint32_t b, Parameters p) { return cleared(a, p) * cleared(b, p); },
    .core_gates = [](Gates& g, const Bus& a, const Bus& b,
                     Parameters p) { return array_multiplier(g, {}, cleared(a, p), cleared(b, p)); },
    .native = [](std::int32_t a, std::int32_t b, Parameters p) { return cleared(a, p) * cleared(b, p); },
    .native_gates =
        [](Gates& g, const Bus& a, const Bus& b, Parameters p) {
          return array_multiplier(g, {.is_signed = true}, cleared(a, p), cleared(b, p));
        }};

}  // namespace neartile::pe
