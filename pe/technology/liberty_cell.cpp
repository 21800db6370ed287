#include "liberty_cell.h"

#include <fmt/format.h>

#include <map>

#include "liberty_expression.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe {
namespace {

constexpr std::size_t most_pins = 64;

double number_of(const LibertyGroup& group, std::string_view name, const LibertyContext& context,
                 double otherwise = 0) {
  const LibertyAttribute* attribute = group.find(name);
  if (!attribute || attribute->values.empty()) return otherwise;
  return liberty_number(attribute->values[0], context.place, attribute->line);
}

// Liberty states leakage by supply and condition: the entry without a condition, else their mean.
double leakage_of(const LibertyGroup& cell, const LibertyContext& context) {
  struct Sum {
    double whole = 0, conditional = 0;
    unsigned wholes = 0, conditions = 0;
  };
  std::map<std::string_view, Sum> supplies;
  for (const LibertyGroup& group : cell.groups) {
    if (group.kind != "leakage_power") continue;
    Sum& sum = supplies[group.text("related_pg_pin")];
    const double value = number_of(group, "value", context);
    const bool conditional = !group.text("when").empty();
    (conditional ? sum.conditional : sum.whole) += value;
    ++(conditional ? sum.conditions : sum.wholes);
  }
  if (supplies.empty()) return number_of(cell, "cell_leakage_power", context) * context.units.leakage;
  double total = 0;
  for (const auto& [name, sum] : supplies)
    total += sum.wholes ? sum.whole : sum.conditions ? sum.conditional / sum.conditions : 0;
  return total * context.units.leakage;
}

std::optional<FlipFlop> flip_flop_of(const LibertyGroup& cell) {
  for (const LibertyGroup& group : cell.groups) {
    if (group.kind != "ff") continue;
    FlipFlop flip_flop;
    flip_flop.state = group.argument();
    if (group.arguments.size() > 1) flip_flop.inverted_state = group.arguments[1];
    flip_flop.clocked_on = group.text("clocked_on");
    flip_flop.next_state = group.text("next_state");
    return flip_flop;
  }
  return std::nullopt;
}

InputPin input_of(std::string_view name, const LibertyGroup& pin, LibertyContext& context) {
  InputPin input;
  input.name = name;
  const double capacitance = number_of(pin, "capacitance", context);
  const auto farads = [&](double value) { return six_digits(value * context.units.capacitance); };
  input.capacitance_fF = farads(capacitance);
  input.rise_capacitance_fF = farads(number_of(pin, "rise_capacitance", context, capacitance));
  input.fall_capacitance_fF = farads(number_of(pin, "fall_capacitance", context, capacitance));
  input.clock = pin.text("clock") == "true";
  read_liberty_input_energy(pin, context, input);
  return input;
}

// The function over the input pins, where it is one: not of a state, not of more than six pins.
std::optional<CellFunction> function_of(const Cell& cell, const std::string& expression,
                                        const std::string& place) {
  if (expression.empty() || cell.inputs.size() > 6) return std::nullopt;
  std::vector<std::string> pins;
  for (const InputPin& input : cell.inputs) pins.push_back(input.name);
  for (const std::string& name : names_in_expression(expression)) {
    if (!cell.flip_flop) break;
    if (name == cell.flip_flop->state || name == cell.flip_flop->inverted_state) return std::nullopt;
  }
  return parse_liberty_expression(expression, pins, place);
}

bool is_stateful(const LibertyGroup& cell) {
  for (const LibertyGroup& group : cell.groups)
    if (group.kind == "latch" || group.kind == "statetable") return true;
  return false;
}

}  // namespace

Cell read_liberty_cell(const LibertyGroup& group, LibertyContext& context) {
  Cell cell;
  cell.name = group.argument();
  const std::string where = fmt::format("{}:{}", context.place, group.line);
  if (cell.name.empty()) throw InputError(where, "cell without a name");
  cell.area_um2 = six_digits(number_of(group, "area", context));
  cell.leakage_nW = six_digits(leakage_of(group, context));
  cell.flip_flop = flip_flop_of(group);
  std::vector<std::pair<std::string_view, const LibertyGroup*>> outputs;
  for (const LibertyGroup& pin : group.groups) {
    if (pin.kind != "pin") continue;
    for (const std::string_view name : pin.arguments) {
      if (cell.inputs.size() + outputs.size() == most_pins)
        throw InputError(where, fmt::format("cell {}: more than {} pins", in_quotes(cell.name), most_pins));
      if (pin.text("direction") == "input") cell.inputs.push_back(input_of(name, pin, context));
      if (pin.text("direction") == "output") outputs.emplace_back(name, &pin);
    }
  }
  for (const auto& [name, pin] : outputs) {
    OutputPin output;
    output.name = name;
    output.expression = pin->text("function");
    const std::string place = fmt::format("{}:{}: pin {}", context.place, pin->line, in_quotes(name));
    if (!is_stateful(group)) output.function = function_of(cell, output.expression, place);
    read_liberty_output(*pin, context, output);
    cell.outputs.push_back(std::move(output));
  }
  return cell;
}

}  // namespace neartile::pe
