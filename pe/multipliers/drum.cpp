#include <bit>

#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {{"k", 2, 8}};

// The k bits from the leading one down, the last of them set to 1: half of what it cuts off, on average.
std::uint32_t leading_bits(std::uint32_t x, int k) {
  const int cut = std::bit_width(x) - k;
  return cut <= 0 ? x : (x >> cut | 1) << cut;
}

// Of two's complement: the k bits from the first that differs from the sign down, and the sign.
std::int32_t leading_bits(std::int32_t x, int k) {
  const int cut = std::bit_width(static_cast<std::uint32_t>(x < 0 ? ~x : x)) - k;
  return cut <= 0 ? x : (x >> cut | 1) * (1 << cut);
}

template <class Integer>
Integer product(Integer a, Integer b, Parameters values) {
  return leading_bits(a, values[0]) * leading_bits(b, values[0]);
}

struct Segment {
  Bus bits;    // the k leading bits
  Bus places;  // how far to the left they belong
};

// `magnitude` has the leading one where the bits of x are to be taken from.
Segment segment(Gates& g, const Bus& x, const Bus& magnitude, std::size_t k) {
  const Bus high = slice(magnitude, k, magnitude.size() > k ? magnitude.size() - k : 0);
  const Bus leading = leading_one(g, high);
  const NetIndex cuts = any(g, high);
  Segment result{gated(g, slice(x, 0, k), g.invert(cuts)), {}};
  for (std::size_t cut = 1; cut <= leading.size(); ++cut)
    for (std::size_t i = 0; i < k; ++i)
      result.bits[i] = g.or_(result.bits[i], g.and_(leading[cut - 1], bit(x, i + cut)));
  result.bits[0] = g.or_(x[0], cuts);
  Bus places(1, g.invert(cuts));
  places.insert(places.end(), leading.begin(), leading.end());
  result.places = encode(g, places);
  return result;
}

Bus core_gates(Gates& g, const Bus& a, const Bus& b, Parameters values) {
  const auto k = static_cast<std::size_t>(values[0]);
  const Segment x = segment(g, a, a, k), y = segment(g, b, b, k);
  const Bus places = add(g, x.places, y.places, x.places.size() + 1);
  return shift_left(g, array_multiplier(g, {.width = values[0]}, x.bits, y.bits), places, 16);
}

Segment signed_segment(Gates& g, const Bus& x, std::size_t k) {
  Bus magnitude;
  for (std::size_t i = 0; i < 7; ++i) magnitude.push_back(g.xor_(x[i], x[7]));
  Segment result = segment(g, x, magnitude, k);
  result.bits.push_back(x[7]);
  return result;
}

Bus native_gates(Gates& g, const Bus& a, const Bus& b, Parameters values) {
  const int k = std::min(values[0], 7);
  const Segment x = signed_segment(g, a, static_cast<std::size_t>(k));
  const Segment y = signed_segment(g, b, static_cast<std::size_t>(k));
  Bus product = array_multiplier(g, {.width = k + 1, .is_signed = true}, x.bits, y.bits);
  product.resize(16, product.back());
  return shift_left(g, product, add(g, x.places, y.places, x.places.size() + 1), 16);
}

}  // namespace

// S. Hashemi, R. I. Bahar, S. Reda: DRUM, a dynamic range unbiased multiplier, ICCAD 2015.
const MultiplierFamily drum_family{.name = "drum",
                                   .help = "multiplies the k leading bits of each operand, unbiased",
                                   .parameters = parameters,
                                   .core = product<std::uint32_t>,
                                   .core_gates = core_gates,
                                   .native = product<std::int32_t>,
                                   .native_gates = native_gates};

}  // namespace neartile::pe
