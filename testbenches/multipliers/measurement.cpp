#include "multipliers/measurement.h"

#include <fmt/format.h>

#include "neartile/pe/base/error.h"
#include "neartile/pe/circuit_cost.h"
#include "neartile/pe/stimulus.h"
#include "text/printable.h"

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

// The text of the file first: Yosys makes better adders of sums than of the gates that they became. What
// it cannot take (cells of a library that the file only names) is mapped as the importer understood it.
pe::Netlist mapped(const Source& source, const pe::Technology& technology,
                   const pe::MappingSettings& settings, Measurement& m) {
  if (!source.verilog.empty() && pe::can_map()) {
    try {
      pe::Netlist netlist =
          map_verilog(source.verilog, source.ports, *source.circuit.netlist, technology, settings);
      m.from_verilog = true;
      return netlist;
    } catch (const InputError& error) {
      m.verilog_refused = error.what();
    }
    fmt::print(stderr, "neartile: {}; mapped the netlist as imported instead\n",
               printable(m.verilog_refused));
  }
  return map_netlist(*source.circuit.netlist, technology, settings);
}

void measure(Measurement& m, const pe::Netlist& mapped, pe::Operands operands,
             const pe::Technology& technology) {
  const pe::CircuitCost cost = circuit_cost(mapped, technology);
  m.mapped_hash = hash_of(to_verilog(mapped));
  m.area_um2 = cost.area_um2;
  m.leakage_nW = cost.leakage_nW;
  m.critical_path_ps = cost.critical_path_ps;
  m.cells = instances(mapped);
  m.random = energy_of(mapped, cost, pe::random_stimulus({}));
  m.held = energy_of(mapped, cost, held_stimulus(operands, {}));
}

}  // namespace

Mapped map_and_measure(const Source& source, const pe::Technology& technology,
                       const pe::MappingSettings& settings) {
  const pe::Circuit& circuit = source.circuit;
  if (!circuit.netlist)
    throw InputError(circuit.name, "is a table without a netlist, expected a circuit to map");
  Measurement m;
  m.name = circuit.name;
  m.operands = to_string(circuit.operands);
  m.hash = circuit.table->hash();
  m.liberty = settings.liberty.string();
  pe::Netlist netlist = mapped(source, technology, settings, m);
  measure(m, netlist, circuit.operands, technology);
  return {std::move(netlist), std::move(m)};
}

}  // namespace neartile::multipliers
