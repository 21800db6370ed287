#include "neartile/pe/circuit_cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "table_lookup.h"

namespace neartile::pe {
namespace {

// The latest edges of a net; none for constants.
struct Edges {
  bool moves = false;
  double rise_ps = 0, fall_ps = 0, rise_slew_ps = 0, fall_slew_ps = 0;
};

// What the technology says of a gate.
struct MappedGate {
  const Cell* cell = nullptr;
  const OutputPin* output = nullptr;
  std::vector<const InputPin*> pins;  // by the gate's inputs
};

MappedGate mapped(const Netlist& netlist, const Gate& gate, const Technology& technology) {
  const CellType& type = netlist.cell_of(gate);
  const auto fail = [&](const std::string& what) {
    throw InputError(netlist.name(),
                     fmt::format("gate {}: {} in technology {}; expected a netlist that is mapped to it",
                                 in_quotes(gate.instance), what, technology.name));
  };
  MappedGate result;
  result.cell = technology.find(type.name);
  if (!result.cell) fail(fmt::format("no cell {}", in_quotes(type.name)));
  for (const OutputPin& pin : result.cell->outputs)
    if (pin.name == type.output_pin) result.output = &pin;
  if (!result.output)
    fail(fmt::format("no output {} of cell {}", in_quotes(type.output_pin), in_quotes(type.name)));
  for (const std::string& name : type.input_pins) {
    const auto& inputs = result.cell->inputs;
    const auto pin =
        std::find_if(inputs.begin(), inputs.end(), [&](const InputPin& p) { return p.name == name; });
    if (pin == inputs.end())
      fail(fmt::format("no input {} of cell {}", in_quotes(name), in_quotes(type.name)));
    result.pins.push_back(&*pin);
  }
  return result;
}

struct Load {
  double mean_fF = 0, rise_fF = 0, fall_fF = 0;
  std::size_t fanout = 0;
  void add(double mean, double rise, double fall) {
    mean_fF += mean;
    rise_fF += rise;
    fall_fF += fall;
  }
};

class Analysis {
 public:
  Analysis(const Netlist& netlist, const Technology& technology, const Surroundings& surroundings)
      : netlist_(netlist), technology_(technology), surroundings_(surroundings) {
    for (const Gate& gate : netlist.gates()) gates_.push_back(mapped(netlist, gate, technology));
  }

  CircuitCost run() {
    find_loads();
    start_edges();
    cost_.toggle_energy_fJ.assign(netlist_.nets().size(), 0);
    for (std::size_t i = 0; i < gates_.size(); ++i) {
      time_gate(netlist_.gates()[i], gates_[i]);
      cost_.toggle_energy_fJ[netlist_.gates()[i].output] = toggle_energy(netlist_.gates()[i], gates_[i]);
    }
    for (const NetIndex net : netlist_.product())
      if (edges_[net].moves)
        cost_.critical_path_ps = std::max({cost_.critical_path_ps, edges_[net].rise_ps, edges_[net].fall_ps});
    for (const Load& load : loads_) cost_.load_fF.push_back(load.mean_fF);
    return std::move(cost_);
  }

 private:
  // A cell with two outputs is two gates of one instance: its area and pins count once.
  void find_loads() {
    loads_.assign(netlist_.nets().size(), {});
    std::set<std::string> instances;
    std::set<std::tuple<std::string, std::string>> pins;
    for (std::size_t i = 0; i < gates_.size(); ++i) {
      const Gate& gate = netlist_.gates()[i];
      if (gate.instance.empty() || instances.insert(gate.instance).second) {
        cost_.area_um2 += gates_[i].cell->area_um2;
        cost_.leakage_nW += gates_[i].cell->leakage_nW;
      }
      for (std::size_t j = 0; j < gate.inputs.size(); ++j) {
        const InputPin& pin = *gates_[i].pins[j];
        if (!gate.instance.empty() && !pins.emplace(gate.instance, pin.name).second) continue;
        Load& load = loads_[gate.inputs[j]];
        load.add(pin.capacitance_fF, pin.rise_capacitance_fF, pin.fall_capacitance_fF);
        ++load.fanout;
      }
    }
    for (const NetIndex net : netlist_.product()) {
      const double more = surroundings_.output_load_fF;
      loads_[net].add(more, more, more);
      ++loads_[net].fanout;
    }
    for (Load& load : loads_) {
      const double wire = technology_.wire.capacitance_fF(load.fanout);
      load.add(wire, wire, wire);
    }
  }

  void start_edges() {
    edges_.assign(netlist_.nets().size(), {});
    const double slew = surroundings_.input_slew_ps;
    for (std::size_t bit = 0; bit < 8; ++bit) {
      edges_[netlist_.activation()[bit]] = {true, 0, 0, slew, slew};
      edges_[netlist_.weight()[bit]] = {true, 0, 0, slew, slew};
    }
  }

  const Edges* edges_of(const Gate& gate, const MappedGate& mapped, const std::string& pin) const {
    for (std::size_t j = 0; j < gate.inputs.size(); ++j)
      if (mapped.pins[j]->name == pin)
        return edges_[gate.inputs[j]].moves ? &edges_[gate.inputs[j]] : nullptr;
    return nullptr;
  }

  void time_gate(const Gate& gate, const MappedGate& mapped) {
    const Load& load = loads_[gate.output];
    Edges& out = edges_[gate.output];
    double sum = 0, weights = 0;
    for (const TimingArc& arc : mapped.output->arcs) {
      const Edges* in = edges_of(gate, mapped, arc.related_pin);
      if (!in) continue;
      for (const bool rise : {true, false}) {
        const std::vector<double>& slowest = rise ? arc.slowest_rise_ps : arc.slowest_fall_ps;
        if (slowest.empty()) continue;
        const bool from_rise = rise != arc.inverting;
        const TablePlace at(mapped.output->axes, from_rise ? in->rise_slew_ps : in->fall_slew_ps,
                            rise ? load.rise_fF : load.fall_fF);
        const double arrival = (from_rise ? in->rise_ps : in->fall_ps) + std::max(0.0, at.of(slowest));
        const double slew = std::max(0.0, at.of(rise ? arc.rise_slew_ps : arc.fall_slew_ps));
        double& latest = rise ? out.rise_ps : out.fall_ps;
        double& widest = rise ? out.rise_slew_ps : out.fall_slew_ps;
        latest = std::max(latest, arrival);
        widest = std::max(widest, slew);
        sum += arc.conditions * at.of(rise ? arc.mean_rise_ps : arc.mean_fall_ps);
        weights += arc.conditions;
        out.moves = true;
      }
    }
    cost_.delay_ps.push_back(weights > 0 ? std::max(0.0, sum / weights) : 0);
  }

  double toggle_energy(const Gate& gate, const MappedGate& mapped) const {
    const double load = loads_[gate.output].mean_fF;
    double sum = 0;
    unsigned pins = 0;
    for (const InternalEnergy& energy : mapped.output->energies) {
      const Edges* in = edges_of(gate, mapped, energy.related_pin);
      if (!in) continue;
      const TablePlace at(mapped.output->axes, std::max(in->rise_slew_ps, in->fall_slew_ps), load);
      sum += at.of(energy.energy_fJ);
      ++pins;
    }
    const double voltage = technology_.voltage_V;
    return (pins ? sum / pins : 0) + 0.5 * load * voltage * voltage;
  }

  const Netlist& netlist_;
  const Technology& technology_;
  const Surroundings& surroundings_;
  std::vector<MappedGate> gates_;
  std::vector<Load> loads_;
  std::vector<Edges> edges_;
  CircuitCost cost_;
};

}  // namespace

CircuitCost circuit_cost(const Netlist& netlist, const Technology& technology,
                         const Surroundings& surroundings) {
  return Analysis(netlist, technology, surroundings).run();
}

}  // namespace neartile::pe
