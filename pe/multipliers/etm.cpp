#include "../circuits/cell_array.h"
#include "families.h"

namespace neartile::pe {
namespace {

using Parameters = MultiplierFamily::Parameters;

constexpr MultiplierFamily::Parameter parameters[] = {{"s", 1, 7}};

// From the left: zeros until a bit is set in either operand, ones from there on, to the end of the
// 2 s product bits.
std::uint32_t filled(std::uint32_t a, std::uint32_t b, unsigned s) {
  std::uint32_t bits = (a | b) << s;
  for (unsigned shift = 1; shift < 2 * s; shift *= 2) bits |= bits >> shift;
  return bits;
}

std::uint32_t core(std::uint32_t a, std::uint32_t b, Parameters values) {
  const auto s = static_cast<unsigned>(values[0]);
  const std::uint32_t mask = (1u << s) - 1;
  if (a <= mask && b <= mask) return a * b;
  return ((a >> s) * (b >> s) << 2 * s) | filled(a & mask, b & mask, s);
}

// One multiplier serves the high parts or, where both are zero, the low ones.
Bus core_gates(Gates& g, const Bus& a, const Bus& b, Parameters values) {
  const auto s = static_cast<std::size_t>(values[0]);
  const std::size_t width = std::max(s, 8 - s);
  const NetIndex high = g.or_(any(g, slice(a, s, 8 - s)), any(g, slice(b, s, 8 - s)));
  const auto part = [&](const Bus& x) {
    return select(g, high, slice(x, s, width), slice(slice(x, 0, s), 0, width));
  };
  const Bus multiplied = array_multiplier(g, {.width = static_cast<int>(width)}, part(a), part(b));

  Bus fill(2 * s);
  NetIndex ones = Netlist::zero;
  for (std::size_t i = 2 * s; i-- > 0;) {
    if (i >= s) ones = g.or_(ones, g.or_(a[i - s], b[i - s]));
    fill[i] = ones;
  }
  Bus product = select(g, high, fill, slice(multiplied, 0, 2 * s));
  const Bus top = gated(g, slice(multiplied, 0, 16 - 2 * s), high);
  product.insert(product.end(), top.begin(), top.end());
  return product;
}

}  // namespace

// K. Y. Kyaw, W. L. Goh, K. S. Yeo: Low-power high-speed multiplier for error-tolerant application,
// EDSSC 2010.
const MultiplierFamily etm_family{
    .name = "etm",
    .help =
        "multiplies the high parts and fills the s low bits of each operand, or multiplies low parts alone",
    .parameters = parameters,
    .core = core,
    .core_gates = core_gates};

}  // namespace neartile::pe
