#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "liberty_expression.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/technology.h"

namespace neartile::pe {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_axis = 32;
constexpr std::size_t most_pins = 64;

// A value and where it stands, for errors.
class Node {
 public:
  Node(const Json& json, const std::string& place, std::string path)
      : json_(json), place_(place), path_(std::move(path)) {}

  [[noreturn]] void fail(const std::string& expected) const {
    throw InputError(place_, fmt::format("{}: expected {}", path(), expected));
  }
  void only(std::initializer_list<std::string_view> keys) const {
    if (!json_.is_object()) fail("an object");
    for (const auto& [key, value] : json_.items())
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        throw InputError(place_, fmt::format("{}: unknown key {}, expected one of {}", path(), in_quotes(key),
                                             fmt::join(keys, ", ")));
  }
  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  Node at(const char* key) const {
    if (!has(key)) fail(fmt::format("the key {}", key));
    return {json_.at(key), place_, fmt::format("{}/{}", path_, key)};
  }
  std::vector<Node> list(std::size_t most) const {
    if (!json_.is_array() || json_.size() > most) fail(fmt::format("a list of at most {}", most));
    std::vector<Node> nodes;
    for (std::size_t i = 0; i < json_.size(); ++i)
      nodes.emplace_back(json_[i], place_, fmt::format("{}/{}", path_, i));
    return nodes;
  }
  std::string text() const {
    if (!json_.is_string()) fail("a text");
    return json_.get<std::string>();
  }
  bool truth() const {
    if (!json_.is_boolean()) fail("true or false");
    return json_.get<bool>();
  }
  double number(double least = -1e15, double most = 1e15) const {
    const double value = json_.is_number() ? json_.get<double>() : least - 1;
    if (!(value >= least && value <= most)) fail(fmt::format("a number {} to {}", least, most));
    return value;
  }
  std::vector<double> numbers(std::size_t most) const {
    if (!json_.is_array() || json_.size() > most) fail(fmt::format("a list of at most {} numbers", most));
    std::vector<double> values;
    for (const Json& each : json_) {
      if (!each.is_number() || !(std::abs(each.get<double>()) <= 1e15)) fail("numbers up to 1e15");
      values.push_back(each.get<double>());
    }
    return values;
  }
  /// Ascending; empty where the key is absent.
  std::vector<double> axis(const char* key) const {
    if (!has(key)) return {};
    std::vector<double> points = at(key).numbers(longest_axis);
    for (std::size_t i = 1; i < points.size(); ++i)
      if (!(points[i - 1] < points[i])) at(key).fail("numbers in ascending order");
    return points;
  }
  /// Of that size, or empty where the key is absent.
  std::vector<double> table(const char* key, std::size_t size) const {
    if (!has(key)) return {};
    std::vector<double> values = at(key).numbers(longest_axis * longest_axis);
    if (size == 0 || values.size() != size) at(key).fail(fmt::format("{} numbers", size));
    return values;
  }

 private:
  std::string path() const { return path_.empty() ? "/" : path_; }

  const Json& json_;
  const std::string& place_;
  std::string path_;
};

TimingArc arc_of(const Node& node, std::size_t size) {
  node.only({"related_pin", "inverting", "conditions", "slowest_rise_ps", "slowest_fall_ps", "mean_rise_ps",
             "mean_fall_ps", "rise_slew_ps", "fall_slew_ps"});
  TimingArc arc;
  arc.related_pin = node.at("related_pin").text();
  arc.inverting = node.at("inverting").truth();
  arc.conditions = static_cast<unsigned>(node.at("conditions").number(1, 1e6));
  arc.slowest_rise_ps = node.table("slowest_rise_ps", size);
  arc.slowest_fall_ps = node.table("slowest_fall_ps", size);
  arc.mean_rise_ps = arc.conditions > 1 ? node.table("mean_rise_ps", size) : arc.slowest_rise_ps;
  arc.mean_fall_ps = arc.conditions > 1 ? node.table("mean_fall_ps", size) : arc.slowest_fall_ps;
  arc.rise_slew_ps = node.table("rise_slew_ps", size);
  arc.fall_slew_ps = node.table("fall_slew_ps", size);
  if (arc.slowest_rise_ps.empty() != arc.rise_slew_ps.empty() ||
      arc.slowest_fall_ps.empty() != arc.fall_slew_ps.empty() ||
      arc.slowest_rise_ps.empty() != arc.mean_rise_ps.empty() ||
      arc.slowest_fall_ps.empty() != arc.mean_fall_ps.empty())
    node.fail("delays with their slews, slowest with mean");
  return arc;
}

InputPin input_of(const Node& node) {
  node.only({"name", "capacitance_fF", "rise_capacitance_fF", "fall_capacitance_fF", "clock",
             "energy_slew_ps", "energy_fJ"});
  InputPin pin;
  pin.name = node.at("name").text();
  pin.capacitance_fF = node.at("capacitance_fF").number(0);
  pin.rise_capacitance_fF = node.at("rise_capacitance_fF").number(0);
  pin.fall_capacitance_fF = node.at("fall_capacitance_fF").number(0);
  pin.clock = node.has("clock") && node.at("clock").truth();
  pin.energy_slew_ps = node.axis("energy_slew_ps");
  pin.energy_fJ = node.table("energy_fJ", pin.energy_slew_ps.size());
  return pin;
}

OutputPin output_of(const Node& node, const Cell& cell, const std::string& place) {
  node.only({"name", "function", "slew_ps", "load_fF", "arcs", "energies_fJ"});
  OutputPin pin;
  pin.name = node.at("name").text();
  pin.expression = node.at("function").text();
  pin.axes = {node.axis("slew_ps"), node.axis("load_fF")};
  const std::size_t size = pin.axes.slew_ps.size() * pin.axes.load_fF.size();
  for (const Node& each : node.at("arcs").list(4 * most_pins)) pin.arcs.push_back(arc_of(each, size));
  for (const Node& each : node.at("energies_fJ").list(4 * most_pins)) {
    each.only({"related_pin", "energy_fJ"});
    each.at("energy_fJ");
    pin.energies.push_back({each.at("related_pin").text(), each.table("energy_fJ", size)});
  }
  if (!pin.expression.empty() && !cell.flip_flop && cell.inputs.size() <= 6) {
    std::vector<std::string> names;
    for (const InputPin& input : cell.inputs) names.push_back(input.name);
    pin.function = parse_liberty_expression(pin.expression, names, place);
  }
  return pin;
}

Cell cell_of(const Node& node, const std::string& place) {
  node.only({"name", "area_um2", "leakage_nW", "flip_flop", "inputs", "outputs"});
  Cell cell;
  cell.name = node.at("name").text();
  cell.area_um2 = node.at("area_um2").number(0);
  cell.leakage_nW = node.at("leakage_nW").number(0);
  if (node.has("flip_flop")) {
    const Node ff = node.at("flip_flop");
    ff.only({"state", "inverted_state", "clocked_on", "next_state"});
    cell.flip_flop = FlipFlop{ff.at("state").text(), ff.at("inverted_state").text(),
                              ff.at("clocked_on").text(), ff.at("next_state").text()};
  }
  for (const Node& pin : node.at("inputs").list(most_pins)) cell.inputs.push_back(input_of(pin));
  for (const Node& pin : node.at("outputs").list(most_pins))
    cell.outputs.push_back(output_of(pin, cell, fmt::format("{}: cell {}", place, in_quotes(cell.name))));
  return cell;
}

}  // namespace

Technology technology_from_json(std::string_view text, const std::string& place) {
  check_json(text, place);
  const Json json = Json::parse(text);
  const Node top(json, place, "");
  top.only({"format", "name", "note", "sources", "meanings", "voltage_V", "temperature_C", "wire", "cells"});
  if (top.at("format").text() != "neartile technology 1") top.at("format").fail("\"neartile technology 1\"");
  Technology technology;
  technology.name = top.at("name").text();
  for (const Node& source : top.at("sources").list(1000)) technology.sources.push_back(source.text());
  technology.voltage_V = top.at("voltage_V").number(0.01, 100);
  technology.temperature_C = top.at("temperature_C").number(-273.15, 1000);
  const Node wire = top.at("wire");
  wire.only({"name", "capacitance_fF_per_um", "length_um", "beyond_um_per_fanout"});
  technology.wire.name = wire.at("name").text();
  technology.wire.capacitance_fF_per_um = wire.at("capacitance_fF_per_um").number(0);
  technology.wire.length_um = wire.at("length_um").numbers(1024);
  technology.wire.beyond_um_per_fanout = wire.at("beyond_um_per_fanout").number(0);
  for (const Node& cell : top.at("cells").list(100'000)) {
    technology.cells.push_back(cell_of(cell, place));
    const std::size_t n = technology.cells.size();
    if (n > 1 && !(technology.cells[n - 2].name < technology.cells[n - 1].name))
      cell.fail("cells in alphabetical order, each once");
  }
  return technology;
}

}  // namespace neartile::pe
