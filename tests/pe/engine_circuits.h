#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "neartile/pe/circuit_cost.h"

namespace neartile::pe::testing {

struct Circuit {
  Netlist netlist;
  CircuitCost cost;
};

// Gates of one to five inputs with random functions, delays and energies.
inline Circuit random_circuit(std::mt19937& random, unsigned gates) {
  NetlistBuilder builder("random");
  std::array<NetIndex, 8> a, w;
  std::vector<NetIndex> nets{Netlist::zero, Netlist::one};
  for (auto* operand : {&a, &w})
    for (NetIndex& net : *operand) nets.push_back(net = builder.new_net());
  builder.set_activation(a);
  builder.set_weight(w);
  for (unsigned i = 0; i < gates; ++i) {
    const auto inputs = static_cast<unsigned>(1 + random() % 5);
    CellType type{"cell" + std::to_string(i), {}, "Y", {inputs, 0}};
    type.function.table =
        (std::uint64_t{random()} << 32 | random()) & ((std::uint64_t{1} << (1u << inputs)) - 1);
    std::vector<NetIndex> pins;
    for (unsigned pin = 0; pin < inputs; ++pin) {
      type.input_pins.push_back("I" + std::to_string(pin));
      const std::size_t recent = std::min<std::size_t>(nets.size(), 30);
      pins.push_back(nets[nets.size() - 1 - random() % recent]);
    }
    const NetIndex out = builder.new_net();
    builder.gate("g" + std::to_string(i), builder.cell(type), pins, out);
    nets.push_back(out);
  }
  builder.set_product({nets.end() - 4, nets.end()});
  Circuit circuit{builder.finish(), {}};
  circuit.cost.toggle_energy_fJ.assign(circuit.netlist.nets().size(), 0);
  for (const Gate& gate : circuit.netlist.gates()) {
    circuit.cost.delay_ps.push_back(double(random() % 6 == 0 ? random() % 200 : random() % 40));
    circuit.cost.toggle_energy_fJ[gate.output] = double(random() % 1000 + 1) / 500;
  }
  return circuit;
}

// A chain of gates, each of which sees one activation bit more than the one before.
inline Circuit chain(const std::array<std::uint8_t, 8>& order) {
  NetlistBuilder builder("chain");
  std::array<NetIndex, 8> a, w;
  for (auto* operand : {&a, &w})
    for (NetIndex& net : *operand) net = builder.new_net();
  builder.set_activation(a);
  builder.set_weight(w);
  const auto cell = builder.cell({"xor", {"A", "B"}, "Y", {2, 6}});
  NetIndex sum = w[0];
  for (const std::uint8_t bit : order) {
    const NetIndex next = builder.new_net();
    builder.gate("g" + std::to_string(bit), cell, {sum, a[bit]}, next);
    sum = next;
  }
  builder.set_product({sum});
  Circuit circuit{builder.finish(), {}};
  circuit.cost.toggle_energy_fJ.assign(circuit.netlist.nets().size(), 1);
  circuit.cost.delay_ps.assign(circuit.netlist.gates().size(), 10);
  return circuit;
}

}  // namespace neartile::pe::testing
