#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "functions.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "ports.h"
#include "verilog/builtin_cells.h"

namespace neartile::pe {
namespace {

using nlohmann::json;

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t widest = 4096, widest_lut = 12;

// Yosys's gates; the table of AND-NOT and the like has no generic cell of its own.
struct SimpleGate {
  std::string_view type;
  std::string_view pins;  // each one letter, first input first
  std::uint64_t table;
};
constexpr std::array<SimpleGate, 16> simple_gates{{{"$_BUF_", "A", 0x2},
                                                   {"$_NOT_", "A", 0x1},
                                                   {"$_AND_", "AB", 0x8},
                                                   {"$_NAND_", "AB", 0x7},
                                                   {"$_OR_", "AB", 0xe},
                                                   {"$_NOR_", "AB", 0x1},
                                                   {"$_XOR_", "AB", 0x6},
                                                   {"$_XNOR_", "AB", 0x9},
                                                   {"$_ANDNOT_", "AB", 0x2},
                                                   {"$_ORNOT_", "AB", 0xb},
                                                   {"$_MUX_", "ABS", 0xca},
                                                   {"$_NMUX_", "ABS", 0x35},
                                                   {"$_AOI3_", "ABC", 0x07},
                                                   {"$_OAI3_", "ABC", 0x1f},
                                                   {"$_AOI4_", "ABCD", 0x0777},
                                                   {"$_OAI4_", "ABCD", 0x111f}}};

class JsonReader {
 public:
  JsonReader(const std::string& place, const CellLibrary& cells)
      : place_(place), wiring_(place), cells_(cells) {}

  Netlist run(const json& document, const PortBinding& binding) {
    const json& modules = member(document, "modules", "the file", &json::is_object);
    if (modules.empty()) fail("modules", "is empty, expected a module");
    const std::string name = top_of(modules, binding);
    const std::string where = "module " + in_quotes(name);
    const json& module = modules.at(name);
    name_nets(module, where);
    const Ports own = ports(module, where);
    bind_ports(wiring_, name, own, binding, 0);
    for (const auto& [cell_name, cell] : member(module, "cells", where, &json::is_object).items()) {
      place_cell(cell_name, cell, modules);
    }
    return finish(wiring_, name, own, binding);
  }

 private:
  using Check = bool (json::*)() const noexcept;

  [[noreturn]] void fail(const std::string& where, const std::string& text) const {
    throw InputError(place_, fmt::format("{}: {}", where, text));
  }

  const json& member(const json& object, const char* key, const std::string& where, Check check) const {
    if (!object.is_object()) fail(where, "expected an object");
    const auto found = object.find(key);
    if (found == object.end()) fail(where, fmt::format("has no \"{}\"", key));
    if (!((*found).*check)()) {
      const char* expected = check == &json::is_object  ? "an object"
                             : check == &json::is_array ? "a list"
                                                        : "a text";
      fail(where, fmt::format("\"{}\" is of type {}, expected {}", key, found->type_name(), expected));
    }
    return *found;
  }

  // The only module; else the one with the attribute "top"; else the one with the ports' names.
  std::string top_of(const json& modules, const PortBinding& binding) const {
    if (modules.size() == 1) return modules.begin().key();
    std::vector<std::string> fitting;
    for (const auto& [name, module] : modules.items()) {
      if (!module.is_object()) fail("module " + in_quotes(name), "expected an object");
      const auto attributes = module.find("attributes");
      if (attributes != module.end() && attributes->is_object() && attributes->contains("top")) return name;
      const auto ports = module.find("ports");
      const bool fits = ports != module.end() && ports->is_object() && ports->contains(binding.activation) &&
                        ports->contains(binding.weight) && ports->contains(binding.product);
      if (fits) fitting.push_back(name);
    }
    if (fitting.size() != 1) {
      fail("modules",
           fmt::format("{} modules have the ports {}, {} and {}, expected one", fitting.size(),
                       in_quotes(binding.activation), in_quotes(binding.weight), in_quotes(binding.product)));
    }
    return fitting.front();
  }

  // Names that Yosys made itself yield to those of the source.
  void name_nets(const json& module, const std::string& where) {
    const auto found = module.is_object() ? module.find("netnames") : module.end();
    if (!module.is_object()) fail(where, "expected an object");
    if (found == module.end()) return;
    if (!found->is_object()) fail(where, "\"netnames\" is no object");
    for (const bool hidden : {false, true}) {
      for (const auto& [name, net] : found->items()) {
        const json& bits = member(net, "bits", "net " + in_quotes(name), &json::is_array);
        if (net.contains("hide_name") && (net["hide_name"] == 1) != hidden) continue;
        if (!net.contains("hide_name") && hidden) continue;
        if (name.size() > 1024) continue;
        for (std::size_t i = 0; i < std::min(bits.size(), widest); ++i) {
          if (!bits[i].is_number_unsigned()) continue;
          const auto number = bits[i].get<std::uint64_t>();
          if (nets_.contains(number)) continue;
          nets_.emplace(number, wiring_.named(bits.size() == 1 ? name : fmt::format("{}[{}]", name, i)));
        }
      }
    }
  }

  Wiring::Net bit(const json& value, const std::string& where) {
    if (value.is_number_unsigned()) {
      const auto [found, is_new] = nets_.emplace(value.get<std::uint64_t>(), 0);
      if (is_new) found->second = wiring_.named(fmt::format("n{}", found->first));
      return found->second;
    }
    if (value == "0" || value == "x") return Wiring::zero;
    if (value == "1") return Wiring::one;
    fail(where, "a bit that is no number, \"0\", \"1\" or \"x\"");
  }

  Wiring::Bits bits(const json& list, const std::string& where) {
    if (!list.is_array()) fail(where, "expected a list of bits");
    if (list.size() > widest) fail(where, fmt::format("{} bits, expected at most {}", list.size(), widest));
    Wiring::Bits nets;
    for (const json& value : list) nets.push_back(bit(value, where));
    return nets;
  }

  Ports ports(const json& module, const std::string& where) {
    Ports made;
    for (const auto& [name, port] : member(module, "ports", where, &json::is_object).items()) {
      const std::string here = "port " + in_quotes(name);
      const json& direction = member(port, "direction", here, &json::is_string);
      if (direction != "input" && direction != "output") {
        fail(here, fmt::format("direction {}, expected input or output",
                               in_quotes(direction.get_ref<const std::string&>())));
      }
      made[name] = {direction == "input", bits(member(port, "bits", here, &json::is_array), here), 0};
    }
    return made;
  }

  void place_cell(const std::string& name, const json& cell, const json& modules) {
    const std::string where = "cell " + in_quotes(name);
    const std::string& type = member(cell, "type", where, &json::is_string).get_ref<const std::string&>();
    if (type == "$scopeinfo") return;
    const json& connections = member(cell, "connections", where, &json::is_object);
    if (type == "$lut") return place_lut(where, cell, connections);
    for (const SimpleGate& gate : simple_gates) {
      if (gate.type == type) return place_simple(name, where, gate, connections);
    }
    verilog::BuiltinCell known{cells_.find(type), false};
    if (!known.outputs && type[0] != '$') known = verilog::find_builtin_cell(type);
    if (!known.outputs) {
      const char* advice = modules.contains(type)
                               ? "flatten the design first"
                               : "expected gates ($_AND_ and the like, $lut) or known cells";
      fail(where, fmt::format("type {} is not taken, {}", in_quotes(type), advice));
    }
    std::unordered_map<std::string, Wiring::Net> pins;
    for (const auto& [pin, list] : connections.items()) {
      const Wiring::Bits nets = bits(list, where);
      if (nets.empty()) continue;
      if (nets.size() != 1)
        fail(where, fmt::format("pin {} of {} bits, expected 1", in_quotes(pin), nets.size()));
      pins.emplace(verilog::generic_pin(known, pin), nets[0]);
    }
    wiring_.instance(name.substr(0, 1024), *known.outputs, pins, 0);
  }

  Wiring::Net one_bit(const json& connections, const std::string& pin, const std::string& where) {
    const auto found = connections.find(pin);
    if (found == connections.end()) fail(where, fmt::format("pin {} is not connected", in_quotes(pin)));
    const Wiring::Bits nets = bits(*found, where);
    if (nets.size() != 1)
      fail(where, fmt::format("pin {} of {} bits, expected 1", in_quotes(pin), nets.size()));
    return nets[0];
  }

  void place_simple(const std::string& name, const std::string& where, const SimpleGate& gate,
                    const json& connections) {
    Wiring::Bits inputs;
    for (const char pin : gate.pins) inputs.push_back(one_bit(connections, std::string(1, pin), where));
    const Wiring::Net output = one_bit(connections, "Y", where);
    const CellFunction function{static_cast<unsigned>(gate.pins.size()), gate.table};
    wiring_.gate(name.substr(0, 1024), cell_of_function(function), inputs, output, 0);
  }

  void place_lut(const std::string& where, const json& cell, const json& connections) {
    const json& parameters = member(cell, "parameters", where, &json::is_object);
    const auto found = connections.find("A");
    const Wiring::Bits inputs = found == connections.end() ? Wiring::Bits{} : bits(*found, where);
    if (inputs.size() > widest_lut) {
      fail(where, fmt::format("a table of {} inputs, expected at most {}", inputs.size(), widest_lut));
    }
    std::vector<bool> table(std::size_t{1} << inputs.size(), false);
    const auto lut = parameters.find("LUT");
    if (lut == parameters.end()) fail(where, "has no parameter \"LUT\"");
    if (lut->is_number_unsigned() && inputs.size() <= 6) {
      const auto value = lut->get<std::uint64_t>();
      for (std::size_t i = 0; i < table.size(); ++i) table[i] = value >> i & 1;
    } else if (lut->is_string()) {
      const std::string& digits = lut->get_ref<const std::string&>();
      if (digits.size() != table.size() || digits.find_first_not_of("01x") != std::string::npos) {
        fail(where, fmt::format("\"LUT\" of {} digits, expected {} of 0 and 1", digits.size(), table.size()));
      }
      for (std::size_t i = 0; i < table.size(); ++i) table[i] = digits[digits.size() - 1 - i] == '1';
    } else {
      fail(where, "\"LUT\" is neither a text of 0 and 1 nor a number");
    }
    wiring_.connect(one_bit(connections, "Y", where), place_table(wiring_, inputs, table, 0), 0);
  }

  const std::string& place_;
  Wiring wiring_;
  const CellLibrary& cells_;
  std::unordered_map<std::uint64_t, Wiring::Net> nets_;
};

}  // namespace

Netlist import_yosys_json(std::string_view text, const std::string& place, const CellLibrary& cells,
                          const PortBinding& ports) {
  if (text.size() > most_bytes) {
    throw InputError(place, fmt::format("is {} bytes long, expected at most {}", text.size(), most_bytes));
  }
  check_json(text, place);
  return JsonReader(place, cells).run(json::parse(text), ports);
}

}  // namespace neartile::pe
