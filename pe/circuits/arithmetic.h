#pragma once

#include <vector>

#include "gates.h"

namespace neartile::pe {

/// Bit i of the bus, or constant 0 above it.
inline NetIndex bit(const Bus& x, std::size_t i) {
  return i < x.size() ? x[i] : Netlist::zero;
}
/// Bits low .. low + width - 1, zeros above the bus.
Bus slice(const Bus& x, std::size_t low, std::size_t width);
/// x 2^places, of `width` bits.
Bus shifted(const Bus& x, std::size_t places, std::size_t width);
/// A constant of `width` bits.
Bus constant(std::uint32_t value, std::size_t width);

NetIndex any(Gates& gates, const Bus& x);
/// Every bit and `enable`.
Bus gated(Gates& gates, const Bus& x, NetIndex enable);
Bus inverted(Gates& gates, const Bus& x);
/// chooser ? high : low
Bus select(Gates& gates, NetIndex chooser, const Bus& high, const Bus& low);

/// x + y + carry modulo 2^width: a ripple-carry adder.
Bus add(Gates& gates, const Bus& x, const Bus& y, std::size_t width, NetIndex carry = Netlist::zero);
/// x - y modulo 2^width.
Bus subtract(Gates& gates, const Bus& x, const Bus& y, std::size_t width);
/// negative ? -x : x, modulo 2^width.
Bus negate_if(Gates& gates, NetIndex negative, const Bus& x, std::size_t width);
/// x 2^places modulo 2^width, by one multiplexer a bit of `places`.
Bus shift_left(Gates& gates, Bus x, const Bus& places, std::size_t width);

/// A one at the leading one of x, and nowhere else.
Bus leading_one(Gates& gates, const Bus& x);
/// The number of the one bit that is set, 0 where none is.
Bus encode(Gates& gates, const Bus& one_hot);

/// Bits to be added: columns[c] have the weight 2^c.
using Columns = std::vector<std::vector<NetIndex>>;

/// Their sum modulo 2^columns.size(): Dadda's tree, then a carry-lookahead adder (Sklansky's).
Bus sum_tree(Gates& gates, Columns columns);

/// Adds row after row of bits as an array multiplier does, carries saved; a ripple adder ends it.
class ArraySum {
 public:
  ArraySum(Gates& gates, std::size_t width) : gates_(gates), columns_(width) {}
  /// row[c] has the weight 2^c; constant zeros are no cells.
  void add_row(const Bus& row);
  /// The sum modulo 2^width.
  Bus finish();

 private:
  Gates& gates_;
  Columns columns_;
};

}  // namespace neartile::pe
