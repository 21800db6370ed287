#pragma once

#include "wiring.h"

namespace neartile::pe {

/// Boolean functions and arithmetic of bit vectors in gates of generic cells. What depends on constants
/// only, or not at all, needs no gate. Vectors are least significant bit first; operands of one operation are
/// equally wide and so is the result, unless said.
class Logic {
 public:
  using Net = Wiring::Net;
  using Bits = Wiring::Bits;

  Logic(Wiring& wiring, unsigned line) : wiring_(wiring), line_(line) {}

  Net invert(Net a);
  Net both(Net a, Net b);
  Net either(Net a, Net b);
  Net differ(Net a, Net b);
  Net same(Net a, Net b);
  Net nand2(Net a, Net b);
  Net nor2(Net a, Net b);
  /// `chooser` ? high : low.
  Net choose(Net chooser, Net high, Net low);

  /// One bit each: conjunction, disjunction, parity.
  Net all(const Bits& bits);
  Net any(const Bits& bits);
  Net parity(const Bits& bits);

  Bits add(const Bits& a, const Bits& b, Net carry = Wiring::zero);
  Bits subtract(const Bits& a, const Bits& b);
  /// The product modulo 2^width.
  Bits multiply(const Bits& a, const Bits& b);
  /// a < b, of unsigned or of signed numbers.
  Net less(const Bits& a, const Bits& b, bool is_signed);
  Net equal(const Bits& a, const Bits& b);
  /// Shifted by a number of any width; what comes in is `fill`.
  Bits shift(Bits a, const Bits& distance, bool left, Net fill);

 private:
  Net full_sum(Net a, Net b, Net c, Net* carry);
  Net half_sum(Net a, Net b, Net* carry);

  Wiring& wiring_;
  unsigned line_;
};

}  // namespace neartile::pe
