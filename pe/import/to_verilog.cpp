#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include "neartile/pe/netlist_import.h"
#include "neartile/pe/verilog_names.h"

namespace neartile::pe {
namespace {

// {0}, {1}, {2}: the inputs in the order of the pins.
const std::map<std::string, std::string, std::less<>>& expressions() {
  static const std::map<std::string, std::string, std::less<>> all{
      {"INV/Y", "~{0}"},
      {"BUF/Y", "{0}"},
      {"AND2/Y", "{0} & {1}"},
      {"OR2/Y", "{0} | {1}"},
      {"XOR2/Y", "{0} ^ {1}"},
      {"XNOR2/Y", "~({0} ^ {1})"},
      {"NAND2/Y", "~({0} & {1})"},
      {"NOR2/Y", "~({0} | {1})"},
      {"AND3/Y", "{0} & {1} & {2}"},
      {"OR3/Y", "{0} | {1} | {2}"},
      {"NAND3/Y", "~({0} & {1} & {2})"},
      {"NOR3/Y", "~({0} | {1} | {2})"},
      {"AOI21/Y", "~(({0} & {1}) | {2})"},
      {"OAI21/Y", "~(({0} | {1}) & {2})"},
      {"MUX2/Y", "{2} ? {1} : {0}"},
      {"HA/S", "{0} ^ {1}"},
      {"HA/C", "{0} & {1}"},
      {"FA/S", "{0} ^ {1} ^ {2}"},
      {"FA/C", "({0} & {1}) | ({2} & ({0} ^ {1}))"}};
  return all;
}

bool is_generic(const CellType& type) {
  const std::vector<CellType>* outputs = generic_cells().find(type.name);
  return outputs && std::any_of(outputs->begin(), outputs->end(), [&](const CellType& own) {
           return own.output_pin == type.output_pin && own.function == type.function &&
                  own.input_pins == type.input_pins;
         });
}

bool is_look_up_table(const CellType& type) {
  return type.name == fmt::format("LUT{}", type.function.inputs) && type.output_pin == "Y";
}

class Writer {
 public:
  Writer(const Netlist& netlist, std::string_view module_name) : netlist_(netlist), names_({"A", "B", "O"}) {
    const std::string name = names_.give(module_name.empty() ? netlist.name() : module_name);
    nets_.resize(netlist.nets().size());
    nets_[Netlist::zero] = "1'b0";
    nets_[Netlist::one] = "1'b1";
    for (std::size_t bit = 0; bit < 8; ++bit) {
      nets_[netlist.activation()[bit]] = fmt::format("A[{}]", bit);
      nets_[netlist.weight()[bit]] = fmt::format("B[{}]", bit);
    }
    const std::size_t width = netlist.product().size();
    line("/* verilator lint_off UNUSEDSIGNAL */");  // approximate circuits ignore operand bits
    line("module {}(", name);
    line("  input [7:0] A,  // activation");
    line("  input [7:0] B,  // weight");
    line("  output [{}:0] O", width - 1);
    line(");");
  }

  std::string run() {
    for (const Gate& gate : netlist_.gates()) {
      std::string& name = nets_[gate.output];
      name = names_.give(netlist_.nets()[gate.output]);
      line("  wire {};", name);
    }
    const auto& gates = netlist_.gates();
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::vector<const Gate*>>> instances;
    for (const Gate& gate : gates) {
      const CellType& type = netlist_.cell_of(gate);
      if (is_generic(type)) {
        assign(nets_[gate.output], generic(type, gate));
      } else if (is_look_up_table(type)) {
        assign(nets_[gate.output], chosen(type.function, gate.inputs));
      } else {
        join(instances[{gate.instance, type.name}], gate);
      }
    }
    for (const auto& [key, cells] : instances) {
      for (const auto& outputs : cells) instance(outputs);
    }
    for (std::size_t bit = 0; bit < netlist_.product().size(); ++bit) {
      assign(fmt::format("O[{}]", bit), nets_[netlist_.product()[bit]]);
    }
    line("endmodule");
    return std::move(text_);
  }

 private:
  template <class... Arguments>
  void line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Arguments>(arguments)...);
    text_ += '\n';
  }

  void assign(const std::string& target, const std::string& value) {
    line("  assign {} = {};", target, value);
  }

  std::string generic(const CellType& type, const Gate& gate) const {
    std::string text = expressions().at(type.name + "/" + type.output_pin);
    for (std::size_t i = 0; i < gate.inputs.size(); ++i) {
      const std::string place = fmt::format("{{{}}}", i);
      for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place)) {
        text.replace(at, place.size(), nets_[gate.inputs[i]]);
      }
    }
    return text;
  }

  // Adds an output to the last cell of one name; to a new one if it has that output already.
  void join(std::vector<std::vector<const Gate*>>& cells, const Gate& gate) const {
    const std::string& pin = netlist_.cell_of(gate).output_pin;
    const bool there = !cells.empty() &&
                       std::any_of(cells.back().begin(), cells.back().end(),
                                   [&](auto* other) { return netlist_.cell_of(*other).output_pin == pin; });
    if (cells.empty() || there) cells.emplace_back();
    cells.back().push_back(&gate);
  }

  // A choice by the last input, and so on: at most six deep.
  std::string chosen(CellFunction function, const std::vector<NetIndex>& inputs) const {
    const unsigned count = function.inputs;
    if (count == 0) return function.table & 1 ? "1'b1" : "1'b0";
    const unsigned half = 1u << (count - 1);
    const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
    const std::uint64_t low = function.table & mask, high = function.table >> half & mask;
    const std::string& net = nets_[inputs[count - 1]];
    if (low == high) return chosen({count - 1, low}, inputs);
    if (low == 0 && high == mask) return net;
    if (low == mask && high == 0) return "~" + net;
    return fmt::format("({} ? {} : {})", net, chosen({count - 1, high}, inputs),
                       chosen({count - 1, low}, inputs));
  }

  // One cell: a gate for each of its outputs.
  void instance(const std::vector<const Gate*>& outputs) {
    std::map<std::string, std::string> pins;
    for (const Gate* gate : outputs) {
      const CellType& type = netlist_.cell_of(*gate);
      for (std::size_t i = 0; i < gate->inputs.size(); ++i) pins[type.input_pins[i]] = nets_[gate->inputs[i]];
      pins[type.output_pin] = nets_[gate->output];
    }
    std::string connections;
    for (const auto& [pin, net] : pins) {
      connections += fmt::format("{}.{}({})", connections.empty() ? "" : ", ", pin, net);
    }
    line("  {} {}({});", netlist_.cell_of(*outputs.front()).name, names_.give(outputs.front()->instance),
         connections);
  }

  const Netlist& netlist_;
  VerilogNames names_;
  std::vector<std::string> nets_;
  std::string text_;
};

}  // namespace

std::string to_verilog(const Netlist& netlist, std::string_view module_name) {
  return Writer(netlist, module_name).run();
}

}  // namespace neartile::pe
