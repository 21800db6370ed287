#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "multipliers/form.h"
#include "multipliers/heatmap.h"
#include "multipliers/import_options.h"
#include "multipliers/metrics_json.h"
#include "multipliers/shelf.h"
#include "multipliers/show_text.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "run/output.h"

namespace neartile::multipliers {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Form& form, const std::optional<std::string>& histograms) {
  const pe::Circuit& circuit = form.source.circuit;
  Json json{{"name", circuit.name},
            {"operands", to_string(circuit.operands)},
            {"hash", circuit.table->hash()},
            {"metrics", metrics_json(form.metrics)},
            {"rank", form.rank},
            {"terms", nullptr},
            {"cost", nullptr}};
  if (histograms) json["weighted"] = {{"histograms", *histograms}, {"metrics", metrics_json(*form.weighted)}};
  if (form.terms) json["terms"] = form.terms->size();
  if (form.cost) json["cost"] = Json::parse(measurement_json(*form.cost, pe::default_technology().name));
  return json;
}

Json json_of(const std::vector<Form>& all, const std::optional<std::string>& histograms) {
  Json list = Json::array();
  for (const Form& form : all) list.push_back(json_of(form, histograms));
  return list;
}

std::string terms_json(const Form& form) {
  Json json{{"name", form.source.circuit.name},
            {"operands", to_string(form.source.circuit.operands)},
            {"hash", form.source.circuit.table->hash()},
            {"adds_exact", form.terms->adds_exact},
            {"terms", Json::array()}};
  for (const pe::Term& term : form.terms->terms)
    json["terms"].push_back({{"activation", term.activation}, {"weight", term.weight}});
  return json.dump() + "\n";
}

// What is about one table of products takes one form.
const Form& only(const std::vector<Form>& all, const char* option) {
  if (all.size() == 1) return all.front();
  throw InputError(
      option, fmt::format("is for one form, expected a full name such as {}", all[1].source.circuit.name));
}

void write_terms(const Form& form, const std::string& file) {
  if (!form.terms)
    throw InputError("--terms", fmt::format("{} is of rank {}, expected a sum of at most {} terms",
                                            form.source.circuit.name, form.rank, pe::most_terms));
  write_file(file, terms_json(form));
}

}  // namespace

void show(const std::vector<std::string>& arguments) {
  const Arguments given(
      arguments, with_import_options({{"--json", false}, {"--heatmap"}, {"--histograms"}, {"--terms"}}),
      "multipliers");
  if (given.words().size() != 1)
    throw InputError("multipliers show", fmt::format("{} names given, expected one", given.words().size()));
  const std::string& name = given.words().front();
  const ImportSettings settings = import_settings(given);
  const auto heatmap = given.value("--heatmap"), terms = given.value("--terms"),
             histograms = given.value("--histograms");
  if (heatmap) check_heatmap(*heatmap);
  if (terms) check_file(*terms, "--terms");
  std::vector<Form> all = forms_named(name, settings);
  if (histograms)
    all.front().weighted = error_metrics(only(all, "--histograms").source.circuit,
                                         pe::read_histograms(read_text_file(*histograms), *histograms));
  if (terms) write_terms(only(all, "--terms"), *terms);
  if (heatmap) write_heatmap(find_source(name, settings).circuit, *heatmap);
  measure_missing(all);
  if (given.has("--json"))
    fmt::print("{}\n", json_of(all, histograms).dump(1));
  else
    fmt::print("{}", show_text(name, all, histograms));
}

}  // namespace neartile::multipliers
