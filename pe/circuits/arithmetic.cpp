#include "arithmetic.h"

namespace neartile::pe {

Bus slice(const Bus& x, std::size_t low, std::size_t width) {
  Bus part(width);
  for (std::size_t i = 0; i < width; ++i) part[i] = bit(x, low + i);
  return part;
}

Bus shifted(const Bus& x, std::size_t places, std::size_t width) {
  Bus result(width, Netlist::zero);
  for (std::size_t i = places; i < width; ++i) result[i] = bit(x, i - places);
  return result;
}

Bus constant(std::uint32_t value, std::size_t width) {
  Bus bits(width);
  for (std::size_t i = 0; i < width; ++i) bits[i] = value >> i & 1 ? Netlist::one : Netlist::zero;
  return bits;
}

NetIndex any(Gates& gates, const Bus& x) {
  if (x.empty()) return Netlist::zero;
  if (x.size() == 1) return x[0];
  const std::size_t half = x.size() / 2;
  return gates.or_(any(gates, slice(x, 0, half)), any(gates, slice(x, half, x.size() - half)));
}

Bus gated(Gates& gates, const Bus& x, NetIndex enable) {
  Bus result;
  for (const NetIndex net : x) result.push_back(gates.and_(net, enable));
  return result;
}

Bus inverted(Gates& gates, const Bus& x) {
  Bus result;
  for (const NetIndex net : x) result.push_back(gates.invert(net));
  return result;
}

Bus select(Gates& gates, NetIndex chooser, const Bus& high, const Bus& low) {
  Bus result(std::max(high.size(), low.size()));
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = gates.select(chooser, bit(high, i), bit(low, i));
  return result;
}

Bus add(Gates& gates, const Bus& x, const Bus& y, std::size_t width, NetIndex carry) {
  Bus sum(width);
  for (std::size_t i = 0; i + 1 < width; ++i) {
    const auto s = gates.full_add(bit(x, i), bit(y, i), carry);
    sum[i] = s.sum;
    carry = s.carry;
  }
  sum[width - 1] = gates.xor_(gates.xor_(bit(x, width - 1), bit(y, width - 1)), carry);
  return sum;
}

Bus subtract(Gates& gates, const Bus& x, const Bus& y, std::size_t width) {
  return add(gates, x, inverted(gates, slice(y, 0, width)), width, Netlist::one);
}

// Above the lowest one, all bits flip: cheaper than to invert and add 1.
Bus negate_if(Gates& gates, NetIndex negative, const Bus& x, std::size_t width) {
  Bus result(width);
  NetIndex one_below = Netlist::zero;
  for (std::size_t i = 0; i < width; ++i) {
    result[i] = gates.xor_(bit(x, i), gates.and_(negative, one_below));
    one_below = gates.or_(one_below, bit(x, i));
  }
  return result;
}

Bus shift_left(Gates& gates, Bus x, const Bus& places, std::size_t width) {
  for (std::size_t stage = 0; stage < places.size(); ++stage) {
    const std::size_t size = std::min(width, x.size() + (std::size_t{1} << stage));
    x = select(gates, places[stage], shifted(x, std::size_t{1} << stage, size), slice(x, 0, size));
  }
  return slice(x, 0, width);
}

Bus leading_one(Gates& gates, const Bus& x) {
  Bus one_hot(x.size());
  NetIndex above = Netlist::zero;
  for (std::size_t i = x.size(); i-- > 0;) {
    one_hot[i] = gates.and_(x[i], gates.invert(above));
    above = gates.or_(above, x[i]);
  }
  return one_hot;
}

Bus encode(Gates& gates, const Bus& one_hot) {
  Bus number;
  for (std::size_t b = 0; (std::size_t{1} << b) < one_hot.size(); ++b) {
    Bus set;
    for (std::size_t i = 0; i < one_hot.size(); ++i)
      if (i >> b & 1) set.push_back(one_hot[i]);
    number.push_back(any(gates, set));
  }
  return number;
}

}  // namespace neartile::pe
