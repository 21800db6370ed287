#include "gates.h"

#include <algorithm>
#include <array>

#include "neartile/pe/cell_library.h"

namespace neartile::pe {
namespace {

constexpr NetIndex zero = Netlist::zero, one = Netlist::one;

std::array<NetIndex, 8> operand(NetlistBuilder& builder, const std::string& port) {
  std::array<NetIndex, 8> bits{};
  for (std::size_t i = 0; i < 8; ++i) bits[i] = builder.net(port + "[" + std::to_string(i) + "]");
  return bits;
}

}  // namespace

Gates::Gates(std::string name) : builder_(std::move(name)) {
  const auto a = operand(builder_, "A"), b = operand(builder_, "B");
  builder_.set_activation(a);
  builder_.set_weight(b);
  activation_.assign(a.begin(), a.end());
  weight_.assign(b.begin(), b.end());
}

NetIndex Gates::gate(const char* cell, std::vector<NetIndex> inputs) {
  auto& known = known_[{cell, inputs}];
  if (known.sum != zero) return known.sum;  // no gate drives net 0
  known.sum = builder_.new_net();
  builder_.gate(next_instance(), builder_.cell(generic_cells().find(cell)->front()), std::move(inputs),
                known.sum);
  return known.sum;
}

Gates::Sum Gates::adder(const char* cell, std::vector<NetIndex> inputs) {
  std::sort(inputs.begin(), inputs.end());
  auto& known = known_[{cell, inputs}];
  if (known.sum != zero) return known;
  known = {builder_.new_net(), builder_.new_net()};
  const std::string instance = next_instance();
  for (const CellType& output : *generic_cells().find(cell))
    builder_.gate(instance, builder_.cell(output), inputs,
                  output.output_pin == "S" ? known.sum : known.carry);
  return known;
}

NetIndex Gates::invert(NetIndex x) {
  if (x <= one) return x == zero ? one : zero;
  if (const auto found = inverse_.find(x); found != inverse_.end()) return found->second;
  const NetIndex y = gate("INV", {x});
  inverse_[x] = y;
  inverse_[y] = x;
  return y;
}

NetIndex Gates::and_(NetIndex x, NetIndex y) {
  if (x > y) std::swap(x, y);
  if (x == zero) return zero;
  if (x == one || x == y) return y;
  return gate("AND2", {x, y});
}

NetIndex Gates::or_(NetIndex x, NetIndex y) {
  if (x > y) std::swap(x, y);
  if (x == zero || x == y) return y;
  if (x == one) return one;
  return gate("OR2", {x, y});
}

NetIndex Gates::xor_(NetIndex x, NetIndex y) {
  if (x > y) std::swap(x, y);
  if (x == y) return zero;
  if (x == zero) return y;
  if (x == one) return invert(y);
  return gate("XOR2", {x, y});
}

NetIndex Gates::select(NetIndex chooser, NetIndex high, NetIndex low) {
  if (chooser <= one) return chooser == one ? high : low;
  if (high == low) return low;
  if (low == zero) return and_(chooser, high);
  if (high == one) return or_(chooser, low);
  if (high == zero) return and_(invert(chooser), low);
  if (low == one) return or_(invert(chooser), high);
  return gate("MUX2", {low, high, chooser});
}

Gates::Sum Gates::half_add(NetIndex x, NetIndex y) {
  if (x <= one || y <= one || x == y) return {xor_(x, y), and_(x, y)};
  return adder("HA", {x, y});
}

Gates::Sum Gates::full_add(NetIndex x, NetIndex y, NetIndex z) {
  if (x > y) std::swap(x, y);
  if (x > z) std::swap(x, z);  // a constant among them is x now
  if (x == zero) return half_add(y, z);
  if (x == one) return {invert(xor_(y, z)), or_(y, z)};
  if (x == y) return {z, x};
  if (x == z) return {y, x};
  if (y == z) return {x, y};
  return adder("FA", {x, y, z});
}

Netlist Gates::finish(const Bus& product) {
  builder_.set_product(product);
  return builder_.finish(true);
}

}  // namespace neartile::pe
