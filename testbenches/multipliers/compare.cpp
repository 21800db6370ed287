#include <fmt/format.h>

#include <algorithm>

#include "multipliers/figures.h"
#include "multipliers/metrics_json.h"
#include "multipliers/pareto_plot.h"
#include "multipliers/shelf.h"
#include "multipliers/source.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "run/output.h"
#include "text/arguments.h"
#include "text/table.h"

namespace neartile::multipliers {
namespace {

Compared compared(const std::string& name) {
  const Source source = find_source(name);
  Compared one{{}, error_metrics(source.circuit)};
  if (const Measurement* known = find_result(source.circuit.name);
      known && known->hash == source.circuit.table->hash())
    one.cost = *known;
  else
    one.cost = measure(source.circuit, mapped(source, pe::default_technology()), pe::default_technology());
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

std::string text_of(const std::vector<Compared>& all) {
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
  for (const std::string& name : references) text += fmt::format("Exact is {}. ", name);
  return text +
         fmt::format(
             "Technology {}; energy of an operation, with glitches:\n"
             "random, uniform operands; held, a weight held for 256 operations, half of the activations 0.\n",
             pe::default_technology().name);
}

nlohmann::ordered_json json_of(const std::vector<Compared>& all) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& [cost, metrics] : all) {
    auto one = nlohmann::ordered_json::parse(measurement_json(cost, pe::default_technology().name));
    one["metrics"] = metrics_json(metrics);
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
  const Arguments given(arguments, {{"--format"}, {"--json", false}, {"--plot"}}, "multipliers");
  const auto format = given.value("--format"), plot = given.value("--plot");
  if (format && !given.words().empty())
    throw InputError("--format", "is for the whole shelf, expected names with their format (NAME.u8u8)");
  if (plot) check_file(*plot, "--plot");
  const pe::Operands operands = format ? operands_of_format(*format) : pe::Operands::u8u8;
  const auto names = given.words().empty() ? shelf_in(operands) : given.words();
  std::vector<Compared> all;
  for (const std::string& name : names) all.push_back(compared(name));
  if (plot) write_file(*plot, pareto_plot(all));
  if (given.has("--json"))
    fmt::print("{}\n", json_of(all).dump(1));
  else
    fmt::print("{}", text_of(all));
}

}  // namespace neartile::multipliers
