#include <fmt/format.h>

#include <algorithm>

#include "builtin_cells.h"
#include "elaborator.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {

void Elaborator::place(Scope& scope, const Instance& instance) {
  budget_.spend(8 + instance.connections.size(), instance.line);
  for (const Connection& connection : instance.connections) {
    if (connection.value != no_expression) declare_implicit(scope, connection.value);
  }
  if (instance.primitive) return place_primitive(scope, instance);
  const auto module = source_.by_name.find(instance.type);
  if (module == source_.by_name.end()) return place_cell(scope, instance);
  place_module(scope, instance, source_.modules[module->second]);
}

void Elaborator::place_module(Scope& scope, const Instance& instance, const Module& module) {
  Scope inner = open(module, fmt::format("{}{}.", scope.prefix, instance.name), instance.parameters, &scope);
  const bool named = !instance.connections.empty() && !instance.connections.front().name.empty();
  if (!named && instance.connections.size() > module.ports.size()) {
    wiring_.fail(instance.line,
                 fmt::format("{} connections, expected the {} ports of module {}",
                             instance.connections.size(), module.ports.size(), in_quotes(module.name)));
  }
  std::vector<std::string_view> connected;
  for (std::size_t i = 0; i < instance.connections.size(); ++i) {
    const Connection& connection = instance.connections[i];
    const std::string_view port = named ? connection.name : module.ports[i];
    if (std::find(module.ports.begin(), module.ports.end(), port) == module.ports.end()) {
      wiring_.fail(connection.line,
                   fmt::format("module {} has no port {}", in_quotes(module.name), in_quotes(port)));
    }
    if (std::find(connected.begin(), connected.end(), port) != connected.end()) {
      wiring_.fail(connection.line, fmt::format("port {} is connected twice", in_quotes(port)));
    }
    budget_.spend(module.ports.size() + connected.size(), connection.line);
    connected.push_back(port);
    if (connection.value != no_expression) connect_port(scope, inner, port, connection);
  }
  fill(inner);
}

void Elaborator::connect_port(Scope& scope, Scope& inner, std::string_view port,
                              const Connection& connection) {
  const Signal& signal = inner.signals.at(port);
  if (signal.direction == Direction::input) {
    drive(signal.bits, evaluator_.assigned(scope, connection.value, signal.bits.size()), connection.line);
    return;
  }
  const Wiring::Bits target = evaluator_.target(scope, connection.value);
  Wiring::Bits bits = signal.bits;
  bits.resize(target.size(), signal.is_signed ? bits.back() : Wiring::zero);
  drive(target, bits, connection.line);
}

// What a pin of a cell is connected to: one wire, or a number whose upper bits are 0.
Wiring::Net Elaborator::one_bit(const Scope& scope, const Connection& connection, bool is_output,
                                std::string_view pin) {
  Wiring::Bits bits =
      is_output ? evaluator_.target(scope, connection.value) : evaluator_.value(scope, connection.value).bits;
  const std::size_t width = bits.size();
  while (bits.size() > 1 && bits.back() == Wiring::zero) bits.pop_back();
  if (bits.size() > 1) {
    wiring_.fail(connection.line,
                 fmt::format("pin {} is connected to {} bits, expected 1", in_quotes(pin), width));
  }
  return bits.front();
}

void Elaborator::place_cell(Scope& scope, const Instance& instance) {
  const std::string type(instance.type);
  BuiltinCell cell{cells_.find(type), false};
  if (!cell.outputs) cell = find_builtin_cell(instance.type);
  if (!cell.outputs) {
    wiring_.fail(instance.line,
                 fmt::format("{} is neither a module of this file nor a known cell", in_quotes(type)));
  }
  if (!instance.parameters.empty()) {
    wiring_.fail(instance.line,
                 fmt::format("parameters are given to cell {}, expected none", in_quotes(type)));
  }
  std::vector<std::string> order = cell.outputs->front().input_pins;
  for (const CellType& output : *cell.outputs) order.push_back(output.output_pin);
  std::unordered_map<std::string, Wiring::Net> pins;
  for (std::size_t i = 0; i < instance.connections.size(); ++i) {
    const Connection& connection = instance.connections[i];
    if (connection.name.empty() && i >= order.size()) {
      wiring_.fail(instance.line, fmt::format("{} connections, expected the {} pins of cell {}",
                                              instance.connections.size(), order.size(), in_quotes(type)));
    }
    // The carry of an adder is "YC" where its third input is "C".
    const std::string pin = connection.name.empty() ? order[i] : generic_pin(cell, connection.name);
    if (connection.value == no_expression) continue;
    const bool is_output = std::any_of(cell.outputs->begin(), cell.outputs->end(),
                                       [&](const CellType& output) { return output.output_pin == pin; });
    if (!pins.emplace(pin, one_bit(scope, connection, is_output, pin)).second) {
      wiring_.fail(connection.line, fmt::format("pin {} is connected twice", in_quotes(connection.name)));
    }
  }
  wiring_.instance(scope.prefix + std::string(instance.name), *cell.outputs, pins, instance.line);
}

// Of buf and not the last connection is the input, of all others the first one is the output.
void Elaborator::place_primitive(Scope& scope, const Instance& instance) {
  const auto& connections = instance.connections;
  const bool many_outputs = instance.type == "buf" || instance.type == "not";
  const std::size_t outputs = many_outputs && !connections.empty() ? connections.size() - 1 : 1;
  const bool complete = std::all_of(connections.begin(), connections.end(), [](const Connection& c) {
    return c.name.empty() && c.value != no_expression;
  });
  if (connections.size() < 2 || !complete) {
    wiring_.fail(instance.line,
                 fmt::format("gate '{}' is connected by position to its output and at least one input",
                             instance.type));
  }
  Logic logic(wiring_, instance.line);
  Wiring::Bits inputs;
  for (std::size_t i = outputs; i < connections.size(); ++i) {
    inputs.push_back(one_bit(scope, connections[i], false, "input"));
  }
  const std::string_view type = instance.type;
  const bool inverted = type == "not" || type == "nand" || type == "nor" || type == "xnor";
  Wiring::Net result = inputs.front();
  for (std::size_t i = 1; i < inputs.size(); ++i) {
    const bool last = inverted && i + 1 == inputs.size();
    if (type == "and" || type == "nand") {
      result = last ? logic.nand2(result, inputs[i]) : logic.both(result, inputs[i]);
    } else if (type == "or" || type == "nor") {
      result = last ? logic.nor2(result, inputs[i]) : logic.either(result, inputs[i]);
    } else {
      result = last ? logic.same(result, inputs[i]) : logic.differ(result, inputs[i]);
    }
  }
  if (inverted && inputs.size() == 1) result = logic.invert(result);
  for (std::size_t i = 0; i < outputs; ++i) {
    wiring_.connect(one_bit(scope, connections[i], true, "output"), result, instance.line);
  }
}

}  // namespace neartile::pe::verilog
