#include <fmt/format.h>

#include <algorithm>

#include "multipliers/figures.h"
#include "multipliers/import_options.h"
#include "multipliers/metrics_json.h"
#include "multipliers/pareto_plot.h"
#include "multipliers/shelf.h"
#include "multipliers/source.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "run/output.h"
#include "text/arguments.h"
#include "text/printable.h"
#include "text/table.h"

namespace neartile::multipliers {
namespace {

Compared compared(const Source& source, const std::optional<pe::OperandHistograms>& operands) {
  Compared one{{}, operands ? error_metrics(source.circuit, *operands) : error_metrics(source.circuit)};
  if (const Measurement* known = find_result(source.circuit.name);
      known && known->hash == source.circuit.table->hash())
    one.cost = *known;
  else
    one.cost = map_and_measure(source, pe::default_technology()).cost;
  return one;
}

// Two's complement where the family has it: who wants s8 x s8 would take that.
std::vector<std::string> shelf_in(pe::Operands operands) {
  std::vector<std::string> names;
  for (const std::string& name : shelf_names()) {
    const std::string wanted = fmt::format(".{}", to_string(operands));
    std::string last;
    for (const std::string& form : forms_of(name))
      if (form.find(wanted) != std::string::npos) last = form;
    names.push_back(last);
  }
  return names;
}

// A pattern stands for other integers in other formats.
pe::OperandHistograms histograms_for(const std::string& file, const std::vector<Source>& sources) {
  for (const Source& source : sources)
    if (source.circuit.operands != sources.front().circuit.operands)
      throw InputError("--histograms",
                       fmt::format("{} is {}, expected the operands of {}: {}", source.circuit.name,
                                   to_string(source.circuit.operands), sources.front().circuit.name,
                                   to_string(sources.front().circuit.operands)));
  return pe::read_histograms(read_text_file(file), file);
}

std::string text_of(const std::vector<Compared>& all, const std::optional<std::string>& histograms) {
  Table table({{"multiplier", Table::Align::left},
               {"MAE\n%"},
               {"MRE\n%"},
               {"WCE\n%"},
               {"area\num2"},
               {"to\nexact"},
               {"delay\nps"},
               {"random\nfJ"},
               {"to\nexact"},
               {"held\nfJ"},
               {"to\nexact"}});
  std::vector<std::string> references;
  for (const auto& [cost, m] : all) {
    const Measurement* exact = exact_for(cost.operands);
    if (exact && std::find(references.begin(), references.end(), exact->name) == references.end())
      references.push_back(exact->name);
    const Measurement reference = exact ? *exact : Measurement{};
    table.add({cost.name, fixed(m.mean_absolute_percent, 4), fixed(m.mean_relative_percent, 3),
               fixed(m.worst_case_percent, 3), fixed(cost.area_um2, 2),
               ratio(cost.area_um2, reference.area_um2), fixed(cost.critical_path_ps, 0),
               fixed(cost.random.timed_fJ, 1), ratio(cost.random.timed_fJ, reference.random.timed_fJ),
               fixed(cost.held.timed_fJ, 1), ratio(cost.held.timed_fJ, reference.held.timed_fJ)});
  }
  std::string text = table.text() + "\n";
  if (histograms) text += fmt::format("Errors over operands as often as in {}.\n", printable(*histograms));
  for (const std::string& name : references) text += fmt::format("Exact is {}. ", name);
  return text +
         fmt::format(
             "Technology {}; energy of an operation, with glitches:\n"
             "random, uniform operands; held, a weight held for 256 operations, half of the activations 0.\n",
             pe::default_technology().name);
}

void check_plot(const std::string& file) {
  if (!file.ends_with(".svg"))
    throw InputError("--plot", fmt::format("is {}, expected a name that ends in .svg", in_quotes(file)));
  check_file(file, "--plot");
}

nlohmann::ordered_json json_of(const std::vector<Compared>& all,
                               const std::optional<std::string>& histograms) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& [cost, metrics] : all) {
    auto one = nlohmann::ordered_json::parse(measurement_json(cost, pe::default_technology().name));
    one["metrics"] = metrics_json(metrics);
    if (histograms) one["histograms"] = *histograms;
    const Measurement* exact = exact_for(cost.operands);
    if (exact)
      one["ratio_to_exact"] = {{"exact", exact->name},
                               {"area", cost.area_um2 / exact->area_um2},
                               {"random", cost.random.timed_fJ / exact->random.timed_fJ},
                               {"held", cost.held.timed_fJ / exact->held.timed_fJ}};
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

void compare(const std::vector<std::string>& arguments) {
  const Arguments given(arguments, with_import_options({{"--histograms"}, {"--json", false}, {"--plot"}}),
                        "multipliers");
  const bool whole_shelf = given.words().empty();
  const ImportSettings settings = import_settings(given, whole_shelf);
  const auto plot = given.value("--plot"), histograms = given.value("--histograms");
  if (plot) check_plot(*plot);
  std::vector<Source> sources;
  for (const std::string& name : whole_shelf ? shelf_in(settings.operands) : given.words())
    sources.push_back(find_source(name, settings));
  std::optional<pe::OperandHistograms> operands;
  if (histograms) operands = histograms_for(*histograms, sources);
  std::vector<Compared> all;
  for (const Source& source : sources) all.push_back(compared(source, operands));
  if (plot) write_file(*plot, pareto_plot(all));
  if (given.has("--json"))
    fmt::print("{}\n", json_of(all, histograms).dump(1));
  else
    fmt::print("{}", text_of(all, histograms));
}

}  // namespace neartile::multipliers
