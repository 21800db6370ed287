#include "run/table_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/router/estimate.h"
#include "neartile/workloads/drawn_network.h"
#include "neartile/workloads/layer_table.h"
#include "run/embedded.h"
#include "run/inputs.h"
#include "run/simulation.h"
#include "text/progress.h"

namespace neartile {
namespace {

// A table that is part of the program goes by its name, any other by its path.
workloads::Network chosen_table(const std::string& name) {
  std::vector<std::string_view> names;
  for (const EmbeddedTable& table : layer_tables()) {
    if (table.name == name) return workloads::parse_layer_table(table.text, name, name);
    names.push_back(table.name);
  }
  if (!std::filesystem::exists(name))
    throw InputError("--layers " + name,
                     fmt::format("no such file, expected one or a name of {}", fmt::join(names, ", ")));
  return workloads::read_layer_table(name);
}

workloads::OperandSettings chosen_operands(const RunOptions& options, const workloads::Network& network) {
  workloads::OperandSettings settings;
  if (options.operands) {
    read_config(*options.operands, [&](ConfigVisitor& visitor) { describe(visitor, settings); });
    check_layers(settings, network, options.operands->string());
  }
  if (options.seed) settings.seed = *options.seed;
  return settings;
}

void estimate(const workloads::Network& network, const ChosenRouting& routing, TableReport& report) {
  const pe::Format format = report.chip.arrays.front().array.pe.format;
  const auto cycles = estimate_cycles(network, routing.groups, report.chip, routing.mapping);
  Progress progress("layers, %:", 100);
  router::EstimateOptions options;
  options.mapping = routing.mapping;
  options.progress = progress.counter();
  const auto toggles = estimate_toggles(
      network, routing.groups, report.chip,
      [&](std::size_t node) { return draw_operands(report.operands, network, node, format); }, options);
  for (std::size_t node = 0; node < network.nodes.size(); ++node) {
    report.layers[node].cycles = cycles[node];
    report.layers[node].toggles = toggles[node];
    report.cycles += cycles[node];
  }
  report.counted = true;
}

// The table as a network of its own, whose layers feed each other.
void simulate_table(const RunOptions& options, const workloads::Network& table, TableReport& report,
                    std::unique_ptr<TimelineFile>& timeline) {
  const pe::Format format = report.chip.arrays.front().array.pe.format;
  const workloads::QuantisedNetwork network = draw_network(report.operands, table, format);
  const ChosenRouting routing = chosen_routing(options, network.network, report.chip);
  set_routing(report, network.network, routing);
  timeline = timeline_of(options, report.chip);
  add_counts(simulate(network, routing, report.chip, draw_operands(report.operands, table, 0, format).input,
                      timeline.get()),
             report);
}

}  // namespace

TableReport run_table(const RunOptions& options, std::unique_ptr<TimelineFile>& timeline) {
  TableReport report;
  report.chip = chosen_chip(options);
  scheme_of(report.chip);
  const workloads::Network network = chosen_table(*options.layers);
  report.workload = network.name;
  report.operands = chosen_operands(options, network);
  if (options.simulate) {
    simulate_table(options, network, report, timeline);
  } else {
    const ChosenRouting routing = chosen_routing(options, network, report.chip);
    set_routing(report, network, routing);
    estimate(network, routing, report);
  }
  return report;
}

}  // namespace neartile
