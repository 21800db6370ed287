#include "multipliers/measurement.h"

#include <fmt/format.h>

#include "neartile/pe/base/error.h"
#include "neartile/pe/circuit_cost.h"

namespace neartile::multipliers {
namespace {

std::string hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("{:016x}", hash);
}

Energy energy_of(const pe::Netlist& netlist, const pe::CircuitCost& cost,
                 const std::vector<pe::OperandPair>& stimulus) {
  const pe::StimulusCost sum = stimulus_cost(netlist, cost, stimulus);
  return {sum.energy_fJ_per_operation(), sum.zero_delay_energy_fJ_per_operation()};
}

std::size_t instances(const pe::Netlist& netlist) {
  std::size_t count = 0;
  const std::string* last = nullptr;
  for (const pe::Gate& gate : netlist.gates()) {
    count += last == nullptr || gate.instance != *last;
    last = &gate.instance;
  }
  return count;
}

}  // namespace

// The text of the file first: Yosys makes better adders of sums than of the gates that they became. What
// it cannot take (cells of a library that the file only names) is mapped as the importer understood it.
pe::Netlist mapped(const Source& source, const pe::Technology& technology,
                   const pe::MappingSettings& settings) {
  if (!source.circuit.netlist)
    throw InputError(source.circuit.name, "is a table without a netlist, expected a circuit to map");
  if (!source.verilog.empty() && pe::can_map()) {
    try {
      return map_verilog(source.verilog, source.ports, *source.circuit.netlist, technology, settings);
    } catch (const InputError&) {
    }
  }
  return map_netlist(*source.circuit.netlist, technology, settings);
}

Measurement measure(const pe::Circuit& circuit, const pe::Netlist& mapped, const pe::Technology& technology,
                    const pe::StimulusSettings& settings) {
  const pe::CircuitCost cost = circuit_cost(mapped, technology);
  Measurement m;
  m.name = circuit.name;
  m.operands = to_string(circuit.operands);
  m.hash = circuit.table->hash();
  m.mapped_hash = hash_of(to_verilog(mapped));
  m.area_um2 = cost.area_um2;
  m.leakage_nW = cost.leakage_nW;
  m.critical_path_ps = cost.critical_path_ps;
  m.cells = instances(mapped);
  m.random = energy_of(mapped, cost, random_stimulus(settings));
  m.held = energy_of(mapped, cost, held_stimulus(circuit.operands, settings));
  return m;
}

}  // namespace neartile::multipliers
