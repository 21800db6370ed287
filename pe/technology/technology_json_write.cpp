#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "neartile/pe/technology.h"

// Written by hand, so that a table is one line.
namespace neartile::pe {
namespace {

constexpr std::string_view note =
    "Made from Liberty. Arcs that differ only in their condition are folded: slowest_* is the greatest, "
    "mean_* "
    "the mean over conditions (left out where there is one); slews are the greatest. Energies are means over "
    "rise and fall and over conditions, summed over supplies. Tables are [input slew][output load], six "
    "significant digits.";

// What each number is, in words of Liberty.
constexpr std::pair<std::string_view, std::string_view> meanings[] = {
    {"voltage_V", "library nom_voltage"},
    {"temperature_C", "library nom_temperature"},
    {"wire", "library wire_load: capacitance, slope, fanout_length"},
    {"area_um2", "cell area"},
    {"leakage_nW",
     "cell leakage_power without a condition (else the mean over conditions), sum over supplies"},
    {"capacitance_fF", "pin capacitance, rise_capacitance, fall_capacitance"},
    {"arcs", "pin timing: cell_rise, cell_fall, rise_transition, fall_transition"},
    {"energies_fJ", "output pin internal_power: rise_power, fall_power"},
    {"energy_fJ", "input pin internal_power: rise_power, fall_power, where no output follows"},
};

std::string text(std::string_view value) {
  return nlohmann::json(value).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}
std::string list(const std::vector<double>& values) {
  return fmt::format("[{}]", fmt::join(values, ","));
}

class Writer {
 public:
  std::string write(const Technology& technology) {
    open("{");
    item("format", text("neartile technology 1"));
    item("name", text(technology.name));
    item("note", text(note));
    open_named("sources", "[");
    for (const std::string& source : technology.sources) element(text(source));
    close("]");
    open_named("meanings", "{");
    for (const auto& [key, meaning] : meanings) item(key, text(meaning));
    close("}");
    item("voltage_V", fmt::format("{}", technology.voltage_V));
    item("temperature_C", fmt::format("{}", technology.temperature_C));
    wire(technology.wire);
    open_named("cells", "[");
    for (const Cell& each : technology.cells) cell(each);
    close("]");
    close("}");
    return out_ + "\n";
  }

 private:
  void wire(const WireModel& wire) {
    open_named("wire", "{");
    item("name", text(wire.name));
    item("capacitance_fF_per_um", fmt::format("{}", wire.capacitance_fF_per_um));
    item("length_um", list(wire.length_um));
    item("beyond_um_per_fanout", fmt::format("{}", wire.beyond_um_per_fanout));
    close("}");
  }

  void cell(const Cell& cell) {
    open_element("{");
    item("name", text(cell.name));
    item("area_um2", fmt::format("{}", cell.area_um2));
    item("leakage_nW", fmt::format("{}", cell.leakage_nW));
    if (cell.flip_flop) {
      const FlipFlop& f = *cell.flip_flop;
      item("flip_flop",
           fmt::format(R"({{"state": {}, "inverted_state": {}, "clocked_on": {}, "next_state": {}}})",
                       text(f.state), text(f.inverted_state), text(f.clocked_on), text(f.next_state)));
    }
    open_named("inputs", "[");
    for (const InputPin& pin : cell.inputs) input(pin);
    close("]");
    open_named("outputs", "[");
    for (const OutputPin& pin : cell.outputs) output(pin);
    close("]");
    close("}");
  }

  void input(const InputPin& pin) {
    open_element("{");
    item("name", text(pin.name));
    item("capacitance_fF", fmt::format("{}", pin.capacitance_fF));
    item("rise_capacitance_fF", fmt::format("{}", pin.rise_capacitance_fF));
    item("fall_capacitance_fF", fmt::format("{}", pin.fall_capacitance_fF));
    if (pin.clock) item("clock", "true");
    numbers("energy_slew_ps", pin.energy_slew_ps);
    numbers("energy_fJ", pin.energy_fJ);
    close("}");
  }

  void output(const OutputPin& pin) {
    open_element("{");
    item("name", text(pin.name));
    item("function", text(pin.expression));
    numbers("slew_ps", pin.axes.slew_ps);
    numbers("load_fF", pin.axes.load_fF);
    open_named("arcs", "[");
    for (const TimingArc& each : pin.arcs) arc(each);
    close("]");
    open_named("energies_fJ", "[");
    for (const InternalEnergy& each : pin.energies)
      element(fmt::format(R"({{"related_pin": {}, "energy_fJ": {}}})", text(each.related_pin),
                          list(each.energy_fJ)));
    close("]");
    close("}");
  }

  void arc(const TimingArc& arc) {
    open_element("{");
    item("related_pin", text(arc.related_pin));
    item("inverting", arc.inverting ? "true" : "false");
    item("conditions", fmt::format("{}", arc.conditions));
    numbers("slowest_rise_ps", arc.slowest_rise_ps);
    numbers("slowest_fall_ps", arc.slowest_fall_ps);
    if (arc.conditions > 1) numbers("mean_rise_ps", arc.mean_rise_ps);
    if (arc.conditions > 1) numbers("mean_fall_ps", arc.mean_fall_ps);
    numbers("rise_slew_ps", arc.rise_slew_ps);
    numbers("fall_slew_ps", arc.fall_slew_ps);
    close("}");
  }

  void numbers(std::string_view key, const std::vector<double>& values) {
    if (!values.empty()) item(key, list(values));
  }
  void item(std::string_view key, const std::string& value) {
    element(fmt::format("\"{}\": {}", key, value));
  }
  void element(const std::string& value) {
    separate();
    out_ += value;
    first_ = false;
  }
  void open(std::string_view bracket) {
    out_ += bracket;
    ++depth_;
    first_ = true;
  }
  void open_named(std::string_view key, std::string_view bracket) {
    separate();
    open(fmt::format("\"{}\": {}", key, bracket));
  }
  void open_element(std::string_view bracket) {
    separate();
    open(bracket);
  }
  void close(std::string_view bracket) {
    --depth_;
    if (!first_) line();
    out_ += bracket;
    first_ = false;
  }
  void separate() {
    if (!first_) out_ += ',';
    line();
  }
  void line() { out_ += '\n' + std::string(depth_, ' '); }

  std::string out_;
  std::size_t depth_ = 0;
  bool first_ = true;
};

}  // namespace

std::string to_json_text(const Technology& technology) {
  return Writer().write(technology);
}

}  // namespace neartile::pe
