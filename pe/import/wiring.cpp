#include "wiring.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe {

Wiring::Wiring(std::string place) : place_(std::move(place)) {
  for (const char* constant : {"0", "1"}) drive(named(constant), Driver::constant, 0, 0);
}

std::string Wiring::place_of(unsigned line) const {
  return line == 0 ? place_ : fmt::format("{}:{}", place_, line);
}

void Wiring::fail(unsigned line, const std::string& text) const {
  throw InputError(place_of(line), text);
}

Wiring::Net Wiring::named(std::string name) {
  if (nets_.size() >= most_nets) fail(0, fmt::format("the circuit has more than {} nets", most_nets));
  nets_.push_back({std::move(name), Driver::none, 0, 0});
  return static_cast<Net>(nets_.size() - 1);
}

std::string Wiring::shown(Net net) const {
  return nets_[net].name.empty() ? "a net without name" : "net " + in_quotes(nets_[net].name);
}

void Wiring::drive(Net net, Driver driver, std::uint32_t source, unsigned line) {
  NetState& state = nets_[net];
  if (state.driver == Driver::constant) fail(line, "a constant is driven, expected a net");
  if (state.driver == Driver::input) fail(line, shown(net) + " is driven, but it is an input");
  if (state.driver != Driver::none) {
    const std::string first = state.line == 0 ? "" : fmt::format(", first in line {}", state.line);
    fail(line, shown(net) + " is driven twice" + first);
  }
  state.driver = driver;
  state.source = source;
  state.line = line;
}

void Wiring::connect(Net target, Net source, unsigned line) {
  drive(target, Driver::net, source, line);
}

void Wiring::drive_input(Net net, unsigned line) {
  drive(net, Driver::input, 0, line);
}

std::uint32_t Wiring::type_index(const CellType& type) {
  auto& same_name = types_by_name_[type.name];
  for (const std::uint32_t index : same_name) {
    if (types_[index].output_pin == type.output_pin && types_[index].function == type.function) return index;
  }
  types_.push_back(type);
  same_name.push_back(static_cast<std::uint32_t>(types_.size() - 1));
  return same_name.back();
}

void Wiring::gate(const std::string& instance, const CellType& type, Bits inputs, Net output, unsigned line) {
  if (gates_.size() >= most_gates) {
    fail(line, fmt::format("the circuit has more than {} gates", most_gates));
  }
  drive(output, Driver::gate, static_cast<std::uint32_t>(gates_.size()), line);
  gates_.push_back({instance, type_index(type), std::move(inputs), output, line});
}

std::string Wiring::next_instance() {
  return fmt::format("g{}", generated_++);
}

Wiring::Net Wiring::generic(const char* cell, Bits inputs, unsigned line) {
  const Net output = unnamed();
  gate(next_instance(), generic_cells().find(cell)->front(), std::move(inputs), output, line);
  return output;
}

std::array<Wiring::Net, 2> Wiring::generic_adder(const char* cell, const Bits& inputs, unsigned line) {
  const std::vector<CellType>& outputs = *generic_cells().find(cell);
  const std::string instance = next_instance();
  const std::array<Net, 2> nets{unnamed(), unnamed()};
  for (std::size_t i = 0; i < 2; ++i) gate(instance, outputs[i], inputs, nets[i], line);
  return nets;
}

void Wiring::instance(const std::string& name, const std::vector<CellType>& outputs,
                      const std::unordered_map<std::string, Net>& pins, unsigned line) {
  std::size_t used_outputs = 0, used_inputs = 0;
  std::unordered_set<std::string> inputs;
  for (const CellType& type : outputs) {
    used_outputs += pins.count(type.output_pin);
    for (const std::string& pin : type.input_pins) {
      if (!pins.contains(pin)) {
        fail(line, fmt::format("input pin '{}' of cell '{}' is not connected", pin, type.name));
      }
      if (inputs.insert(pin).second) ++used_inputs;
    }
  }
  if (used_inputs + used_outputs != pins.size()) {
    std::string known;
    for (const std::string& pin : inputs) known += pin + " ";
    for (const CellType& type : outputs) {
      known += type.output_pin + " ";
      inputs.insert(type.output_pin);
    }
    known.pop_back();
    const auto stranger =
        std::find_if(pins.begin(), pins.end(), [&](const auto& pin) { return !inputs.contains(pin.first); });
    if (stranger != pins.end()) {
      fail(line, fmt::format("cell '{}' has no pin {}, expected pins {}", outputs.front().name,
                             in_quotes(stranger->first), known));
    }
  }
  for (const CellType& type : outputs) {
    Bits nets;
    for (const std::string& pin : type.input_pins) nets.push_back(pins.at(pin));
    const auto output = pins.find(type.output_pin);
    gate(name, type, std::move(nets), output == pins.end() ? unnamed() : output->second, line);
  }
}

// The net at the head of each net's chain of drivers.
std::vector<Wiring::Net> Wiring::roots() const {
  constexpr Net unknown = ~Net{0}, open = ~Net{0} - 1;
  std::vector<Net> roots(nets_.size(), unknown);
  std::vector<Net> chain;
  for (Net first = 0; first < nets_.size(); ++first) {
    Net net = first;
    chain.clear();
    while (roots[net] == unknown && nets_[net].driver == Driver::net) {
      roots[net] = open;
      chain.push_back(net);
      net = nets_[net].source;
    }
    if (roots[net] == open) fail(nets_[net].line, shown(net) + " drives itself");
    const Net root = roots[net] == unknown ? net : roots[net];
    roots[net] = root;
    for (const Net member : chain) roots[member] = root;
  }
  return roots;
}

void Wiring::check_driven(Net net, Net root, unsigned line) const {
  if (nets_[root].driver != Driver::none) return;
  const bool own_name = nets_[net].name.empty() || !nets_[root].name.empty();
  fail(line, shown(own_name ? root : net) + " is read but not driven");
}

Netlist Wiring::finish(const std::string& name, const Bits& activation, const Bits& weight,
                       const Bits& product, unsigned product_line) {
  const std::vector<Net> root_of = roots();
  for (Net net = 0; net < nets_.size(); ++net) {  // gates without a name take that of a net they drive
    if (nets_[root_of[net]].name.empty()) nets_[root_of[net]].name = nets_[net].name;
  }
  NetlistBuilder builder(name);
  constexpr NetIndex none = ~NetIndex{0};
  std::vector<NetIndex> index(nets_.size(), none);
  index[zero] = Netlist::zero;
  index[one] = Netlist::one;
  std::unordered_set<std::string> taken{"0", "1"};
  std::unordered_map<std::string, unsigned> copies;  // of nets that share a name
  const auto place_net = [&](Net root) {
    if (index[root] != none) return;
    std::string own = nets_[root].name;
    if (own.empty()) return;
    while (!taken.insert(own).second)
      own = fmt::format("{}_{}", nets_[root].name, ++copies[nets_[root].name]);
    index[root] = builder.net(own);
  };
  for (const Bits* operand : {&activation, &weight}) {
    for (const Net bit : *operand) place_net(bit);
  }
  for (const PlacedGate& gate : gates_) place_net(gate.output);
  const auto place_unnamed = [&](Net root) {
    if (index[root] == none) index[root] = builder.new_net();
  };
  for (const Bits* operand : {&activation, &weight}) {
    for (const Net bit : *operand) place_unnamed(bit);
  }
  for (const PlacedGate& gate : gates_) place_unnamed(gate.output);
  const auto read = [&](Net net, unsigned line) {
    check_driven(net, root_of[net], line);
    return index[root_of[net]];
  };
  std::array<NetIndex, 8> operand{};
  for (std::size_t bit = 0; bit < 8; ++bit) operand[bit] = index[activation[bit]];
  builder.set_activation(operand);
  for (std::size_t bit = 0; bit < 8; ++bit) operand[bit] = index[weight[bit]];
  builder.set_weight(operand);
  std::vector<std::uint32_t> cells;
  for (const CellType& type : types_) cells.push_back(builder.cell(type));
  for (const PlacedGate& gate : gates_) {
    std::vector<NetIndex> inputs;
    for (const Net input : gate.inputs) inputs.push_back(read(input, gate.line));
    builder.gate(gate.instance, cells[gate.type], std::move(inputs), index[gate.output], place_of(gate.line));
  }
  std::vector<NetIndex> bits;
  for (const Net bit : product) bits.push_back(read(bit, product_line));
  builder.set_product(std::move(bits));
  return builder.finish();
}

}  // namespace neartile::pe
