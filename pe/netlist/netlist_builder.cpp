#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/pe/netlist.h"

namespace neartile::pe {

NetlistBuilder::NetlistBuilder(std::string name) {
  netlist_.name_ = std::move(name);
  for (const char* constant : {"0", "1"}) drive(net(constant), "a constant");
}

NetIndex NetlistBuilder::net(const std::string& name) {
  const auto [place, is_new] = by_name_.emplace(name, static_cast<NetIndex>(netlist_.nets_.size()));
  if (is_new) {
    if (netlist_.nets_.size() >= most_nets) {
      throw InputError(netlist_.name_, fmt::format("more than {} nets", most_nets));
    }
    netlist_.nets_.push_back(name);
    drivers_.emplace_back();
  }
  return place->second;
}

NetIndex NetlistBuilder::new_net() {
  std::string name;
  do {
    name = "n" + std::to_string(unnamed_++);
  } while (by_name_.contains(name));
  return net(name);
}

void NetlistBuilder::drive(NetIndex net, const std::string& place) {
  Driver& driver = drivers_[net];
  if (driver.driven) {
    throw InputError(place,
                     fmt::format("net '{}' is driven twice, first by {}", netlist_.nets_[net], driver.place));
  }
  driver = {true, place};
}

void NetlistBuilder::set_activation(const std::array<NetIndex, 8>& bits) {
  for (const NetIndex bit : bits) drive(bit, "the activation");
  netlist_.activation_ = bits;
  has_activation_ = true;
}

void NetlistBuilder::set_weight(const std::array<NetIndex, 8>& bits) {
  for (const NetIndex bit : bits) drive(bit, "the weight");
  netlist_.weight_ = bits;
  has_weight_ = true;
}

void NetlistBuilder::set_product(std::vector<NetIndex> bits) {
  if (bits.empty() || bits.size() > 32) {
    throw InputError(netlist_.name_, fmt::format("the product has {} bits, expected 1 to 32", bits.size()));
  }
  netlist_.product_ = std::move(bits);
  has_product_ = true;
}

std::uint32_t NetlistBuilder::cell(const CellType& type) {
  auto& cells = netlist_.cells_;
  const auto same = std::find_if(cells.begin(), cells.end(), [&](const CellType& c) {
    return c.name == type.name && c.output_pin == type.output_pin && c.function == type.function &&
           c.input_pins == type.input_pins;
  });
  if (same != cells.end()) return static_cast<std::uint32_t>(same - cells.begin());
  if (type.function.inputs > 6 || type.function.inputs != type.input_pins.size()) {
    throw InputError("cell " + type.name, "expected at most 6 inputs, and as many pins");
  }
  cells.push_back(type);
  return static_cast<std::uint32_t>(cells.size() - 1);
}

void NetlistBuilder::gate(std::string instance, std::uint32_t cell, std::vector<NetIndex> inputs,
                          NetIndex output, const std::string& place) {
  drive(output, place.empty() ? instance : place);
  places_.push_back(place.empty() ? instance : place);
  netlist_.gates_.push_back({std::move(instance), cell, std::move(inputs), output});
}

void NetlistBuilder::check_read(NetIndex net, const std::string& reader) const {
  if (!drivers_[net].driven) {
    throw InputError(reader, fmt::format("net '{}' is read but not driven", netlist_.nets_[net]));
  }
}

// Kahn's algorithm; gates that are ready together keep the order in which they came.
std::vector<std::size_t> NetlistBuilder::topological_order() const {
  const auto& gates = netlist_.gates_;
  std::vector<std::uint32_t> waits(gates.size(), 0);
  std::vector<std::int64_t> driver(netlist_.nets_.size(), -1);
  std::vector<std::vector<std::size_t>> readers(netlist_.nets_.size());
  for (std::size_t g = 0; g < gates.size(); ++g) driver[gates[g].output] = static_cast<std::int64_t>(g);
  for (std::size_t g = 0; g < gates.size(); ++g) {
    for (const NetIndex input : gates[g].inputs) {
      if (driver[input] < 0) continue;
      ++waits[g];
      readers[input].push_back(g);
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t g = 0; g < gates.size(); ++g) {
    if (waits[g] == 0) order.push_back(g);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::size_t reader : readers[gates[order[i]].output]) {
      if (--waits[reader] == 0) order.push_back(reader);
    }
  }
  if (order.size() != gates.size()) {
    const auto looped =
        std::find_if(waits.begin(), waits.end(), [](auto w) { return w > 0; }) - waits.begin();
    throw InputError(places_[static_cast<std::size_t>(looped)],
                     fmt::format("net '{}' is part of a combinational loop, or behind one",
                                 netlist_.nets_[gates[static_cast<std::size_t>(looped)].output]));
  }
  return order;
}

Netlist NetlistBuilder::finish(bool drop_dead) {
  if (!has_activation_ || !has_weight_ || !has_product_) {
    throw InputError(netlist_.name_, "the circuit has no activation, weight or product");
  }
  for (std::size_t g = 0; g < netlist_.gates_.size(); ++g) {
    for (const NetIndex input : netlist_.gates_[g].inputs) check_read(input, places_[g]);
  }
  for (const NetIndex bit : netlist_.product_) check_read(bit, netlist_.name_ + ": the product");

  std::vector<std::size_t> order = topological_order();
  if (drop_dead) {
    std::vector<bool> needed(netlist_.nets_.size(), false);
    for (const NetIndex bit : netlist_.product_) needed[bit] = true;
    for (auto g = order.rbegin(); g != order.rend(); ++g) {
      if (!needed[netlist_.gates_[*g].output]) continue;
      for (const NetIndex input : netlist_.gates_[*g].inputs) needed[input] = true;
    }
    std::erase_if(order, [&](std::size_t g) { return !needed[netlist_.gates_[g].output]; });
  }
  std::vector<Gate> sorted;
  sorted.reserve(order.size());
  for (const std::size_t g : order) sorted.push_back(std::move(netlist_.gates_[g]));
  netlist_.gates_ = std::move(sorted);
  Netlist result = std::move(netlist_);
  *this = NetlistBuilder("");
  return result;
}

}  // namespace neartile::pe
