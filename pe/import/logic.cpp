#include "logic.h"

#include <utility>

namespace neartile::pe {
namespace {

constexpr Logic::Net zero = Wiring::zero, one = Wiring::one;

bool constant(Logic::Net net) {
  return net <= one;
}

}  // namespace

Logic::Net Logic::invert(Net a) {
  if (constant(a)) return one - a;
  return wiring_.generic("INV", {a}, line_);
}

Logic::Net Logic::both(Net a, Net b) {
  if (a == zero || b == zero) return zero;
  if (a == one || a == b) return b;
  if (b == one) return a;
  return wiring_.generic("AND2", {a, b}, line_);
}

Logic::Net Logic::either(Net a, Net b) {
  if (a == one || b == one) return one;
  if (a == zero || a == b) return b;
  if (b == zero) return a;
  return wiring_.generic("OR2", {a, b}, line_);
}

Logic::Net Logic::differ(Net a, Net b) {
  if (constant(a)) std::swap(a, b);
  if (a == b) return zero;
  if (b == zero) return a;
  if (b == one) return invert(a);
  return wiring_.generic("XOR2", {a, b}, line_);
}

Logic::Net Logic::same(Net a, Net b) {
  if (constant(a)) std::swap(a, b);
  if (constant(b) || a == b) return invert(differ(a, b));
  return wiring_.generic("XNOR2", {a, b}, line_);
}

Logic::Net Logic::nand2(Net a, Net b) {
  if (constant(a) || constant(b) || a == b) return invert(both(a, b));
  return wiring_.generic("NAND2", {a, b}, line_);
}

Logic::Net Logic::nor2(Net a, Net b) {
  if (constant(a) || constant(b) || a == b) return invert(either(a, b));
  return wiring_.generic("NOR2", {a, b}, line_);
}

Logic::Net Logic::choose(Net chooser, Net high, Net low) {
  if (constant(chooser)) return chooser == one ? high : low;
  if (high == low) return high;
  if (high == zero) return both(invert(chooser), low);
  if (high == one) return either(chooser, low);
  if (low == zero) return both(chooser, high);
  if (low == one) return either(invert(chooser), high);
  return wiring_.generic("MUX2", {low, high, chooser}, line_);
}

Logic::Net Logic::all(const Bits& bits) {
  Net result = one;
  for (const Net bit : bits) result = both(result, bit);
  return result;
}

Logic::Net Logic::any(const Bits& bits) {
  Net result = zero;
  for (const Net bit : bits) result = either(result, bit);
  return result;
}

Logic::Net Logic::parity(const Bits& bits) {
  Net result = zero;
  for (const Net bit : bits) result = differ(result, bit);
  return result;
}

// The carry is made only where it is asked for.
Logic::Net Logic::half_sum(Net a, Net b, Net* carry) {
  if (!carry) return differ(a, b);
  if (constant(a) || constant(b) || a == b) {
    *carry = both(a, b);
    return differ(a, b);
  }
  const auto outputs = wiring_.generic_adder("HA", {a, b}, line_);
  *carry = outputs[1];
  return outputs[0];
}

Logic::Net Logic::full_sum(Net a, Net b, Net c, Net* carry) {
  if (constant(b)) std::swap(a, b);
  if (constant(c)) std::swap(a, c);
  if (a == zero) return half_sum(b, c, carry);
  if (a == one && carry) *carry = either(b, c);
  if (a == one) return same(b, c);
  if (!carry) return differ(differ(a, b), c);
  const auto outputs = wiring_.generic_adder("FA", {a, b, c}, line_);
  *carry = outputs[1];
  return outputs[0];
}

Logic::Bits Logic::add(const Bits& a, const Bits& b, Net carry) {
  Bits sum(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    Net next = zero;
    sum[i] = full_sum(a[i], b[i], carry, i + 1 < a.size() ? &next : nullptr);
    carry = next;
  }
  return sum;
}

Logic::Bits Logic::subtract(const Bits& a, const Bits& b) {
  Bits inverted;
  for (const Net bit : b) inverted.push_back(invert(bit));
  return add(a, inverted, one);
}

Logic::Bits Logic::multiply(const Bits& a, const Bits& b) {
  const std::size_t width = a.size();
  Bits sum(width, zero);
  for (std::size_t row = 0; row < width; ++row) {
    if (b[row] == zero) continue;
    Bits shifted(width, zero);
    for (std::size_t i = row; i < width; ++i) shifted[i] = both(a[i - row], b[row]);
    sum = add(sum, shifted);
  }
  return sum;
}

Logic::Net Logic::equal(const Bits& a, const Bits& b) {
  Net result = one;
  for (std::size_t i = 0; i < a.size(); ++i) result = both(result, same(a[i], b[i]));
  return result;
}

// The borrow of a - b; of signed numbers after their sign bits have changed places.
Logic::Net Logic::less(const Bits& a, const Bits& b, bool is_signed) {
  Net borrow = zero;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool swapped = is_signed && i + 1 == a.size();
    const Net low = swapped ? b[i] : a[i], high = swapped ? a[i] : b[i];
    borrow = choose(differ(low, high), high, borrow);
  }
  return borrow;
}

Logic::Bits Logic::shift(Bits a, const Bits& distance, bool left, Net fill) {
  const std::size_t width = a.size();
  for (std::size_t stage = 0; stage < distance.size(); ++stage) {
    const std::size_t by = stage < 16 ? std::size_t{1} << stage : width;
    Bits moved(width, fill);
    for (std::size_t i = 0; i < width; ++i) {
      if (left ? i >= by : by < width && i < width - by) moved[i] = a[left ? i - by : i + by];
    }
    if (distance[stage] == zero) continue;
    for (std::size_t i = 0; i < width; ++i) a[i] = choose(distance[stage], moved[i], a[i]);
  }
  return a;
}

}  // namespace neartile::pe
