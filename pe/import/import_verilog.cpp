#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_import.h"
#include "verilog/elaborator.h"
#include "verilog/parser.h"

namespace neartile::pe {
namespace {

using verilog::Module;

// Modules that no other one contains; all where each is contained in another.
std::vector<const Module*> candidates(const verilog::Source& source) {
  std::set<std::string_view> contained;
  for (const Module& module : source.modules) {
    for (const verilog::Instance& instance : module.instances) contained.insert(instance.type);
  }
  std::vector<const Module*> tops;
  for (const Module& module : source.modules) {
    if (!contained.contains(module.name)) tops.push_back(&module);
  }
  if (tops.empty()) tops.push_back(&source.modules.front());
  return tops;
}

// Whether the ports' names are there: widths are looked at later.
bool has_ports(const Module& module, const PortBinding& binding) {
  const auto& ports = module.ports;
  return std::find(ports.begin(), ports.end(), binding.activation) != ports.end() &&
         std::find(ports.begin(), ports.end(), binding.weight) != ports.end() &&
         std::find(ports.begin(), ports.end(), binding.product) != ports.end();
}

const Module& top_of(const verilog::Source& source, const Wiring& wiring, const PortBinding& binding) {
  const std::vector<const Module*> all = candidates(source);
  std::vector<const Module*> fitting;
  std::copy_if(all.begin(), all.end(), std::back_inserter(fitting),
               [&](const Module* module) { return has_ports(*module, binding); });
  if (fitting.size() == 1) return *fitting.front();
  if (fitting.empty()) return *all.front();
  wiring.fail(
      fitting[1]->line,
      fmt::format("modules {} and {} both have the ports {}, {} and {}, expected one",
                  in_quotes(fitting[0]->name), in_quotes(fitting[1]->name), in_quotes(binding.activation),
                  in_quotes(binding.weight), in_quotes(binding.product)));
}

}  // namespace

Netlist import_verilog(std::string_view text, const std::string& place, const CellLibrary& cells,
                       const PortBinding& binding) {
  const verilog::Source source = verilog::parse(text, place);
  Wiring wiring(place);
  const Module& top = top_of(source, wiring, binding);
  verilog::Elaborator elaborator(source, wiring, cells);
  verilog::Scope scope = elaborator.open(top, "");
  Ports ports;
  for (const std::string_view name : top.ports) {
    const verilog::Signal& signal = scope.signals.at(name);
    ports[std::string(name)] = {signal.direction == verilog::Direction::input, signal.bits, signal.line};
  }
  const std::string name(top.name);
  bind_ports(wiring, name, ports, binding, top.line);
  elaborator.fill(scope);
  return finish(wiring, name, ports, binding);
}

}  // namespace neartile::pe
