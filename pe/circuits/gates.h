#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "neartile/pe/netlist.h"

namespace neartile::pe {

/// Nets that carry a number, least significant first. May contain the constants 0 and 1.
using Bus = std::vector<NetIndex>;

/// Builds a multiplier from generic cells and keeps it lean: a gate with a constant or repeated input is
/// reduced, a gate that exists already is used again, a gate that nothing reads is dropped at the end.
class Gates {
 public:
  explicit Gates(std::string name);

  /// The operand inputs, 8 bits each.
  const Bus& activation() const { return activation_; }
  const Bus& weight() const { return weight_; }

  NetIndex invert(NetIndex x);
  NetIndex and_(NetIndex x, NetIndex y);
  NetIndex or_(NetIndex x, NetIndex y);
  NetIndex xor_(NetIndex x, NetIndex y);
  /// chooser ? high : low
  NetIndex select(NetIndex chooser, NetIndex high, NetIndex low);

  struct Sum {
    NetIndex sum;
    NetIndex carry;
  };
  Sum half_add(NetIndex x, NetIndex y);
  Sum full_add(NetIndex x, NetIndex y, NetIndex z);

  /// The circuit; `product` is its product net.
  Netlist finish(const Bus& product);

 private:
  NetIndex gate(const char* cell, std::vector<NetIndex> inputs);
  Sum adder(const char* cell, std::vector<NetIndex> inputs);
  std::string next_instance() { return "g" + std::to_string(instances_++); }

  NetlistBuilder builder_;
  Bus activation_, weight_;
  std::map<std::tuple<std::string, std::vector<NetIndex>>, Sum> known_;
  std::map<NetIndex, NetIndex> inverse_;
  std::size_t instances_ = 0;
};

}  // namespace neartile::pe
