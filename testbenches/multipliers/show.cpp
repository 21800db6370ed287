#include <fmt/format.h>

#include <functional>

#include "multipliers/figures.h"
#include "multipliers/heatmap.h"
#include "multipliers/metrics_json.h"
#include "multipliers/shelf.h"
#include "multipliers/source.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/decomposition.h"
#include "neartile/pe/error_metrics.h"
#include "text/arguments.h"
#include "text/table.h"

namespace neartile::multipliers {
namespace {

// One form of a multiplier: a column.
struct Form {
  Source source;
  pe::ErrorMetrics metrics;
  std::optional<pe::Decomposition> terms;
  std::optional<Measurement> cost;

  std::string title() const {
    const auto dot = source.circuit.name.find(").");
    const std::string tail =
        dot == std::string::npos ? source.circuit.name : source.circuit.name.substr(dot + 1);
    const auto operands = tail.find(std::string(".") + std::string(to_string(source.circuit.operands)));
    return operands == std::string::npos ? std::string(to_string(source.circuit.operands))
                                         : tail.substr(operands + 1);
  }
};

bool is_short(const std::string& name) {
  return !is_file(name) && name.find(".u8") == std::string::npos && name.find(".s8") == std::string::npos;
}

Form form_of(const std::string& name) {
  Form form{find_source(name), {}, {}, {}};
  form.metrics = error_metrics(form.source.circuit);
  form.terms = decompose(form.source.circuit);
  if (const Measurement* known =
          find_by_hash(form.source.circuit.table->hash(), to_string(form.source.circuit.operands));
      known && known->name == form.source.circuit.name)
    form.cost = *known;
  return form;
}

std::vector<Form> forms(const std::string& name) {
  std::vector<Form> all;
  if (!is_short(name)) return {form_of(name)};
  const std::string full = pe::make_circuit(name).name;
  for (const std::string& form : forms_of(full.substr(0, full.rfind(".u8s8")))) all.push_back(form_of(form));
  return all;
}

void measure_missing(std::vector<Form>& all) {
  const pe::Technology& technology = pe::default_technology();
  for (Form& form : all)
    if (!form.cost && form.source.circuit.netlist && pe::can_map())
      form.cost = measure(form.source.circuit, mapped(form.source, technology), technology);
}

template <class Cell>
void add_row(Table& table, const std::vector<Form>& all, const char* name, const char* meaning, Cell cell) {
  std::vector<std::string> row{name};
  for (const Form& form : all) row.push_back(cell(form));
  row.emplace_back(meaning);
  table.add(std::move(row));
}

Table new_table(const std::vector<Form>& all, const char* title) {
  std::vector<Table::Column> columns{{title, Table::Align::left}};
  for (const Form& form : all) columns.push_back({form.title()});
  columns.push_back({"meaning", Table::Align::left});
  return Table(std::move(columns));
}

std::string error_table(const std::vector<Form>& all) {
  Table table = new_table(all, "errors");
  const auto add = [&](const char* name, double pe::ErrorMetrics::*value, const char* meaning) {
    add_row(table, all, name, meaning, [&](const Form& form) { return figure(form.metrics.*value); });
  };
  add("MAE", &pe::ErrorMetrics::mean_absolute, "mean |e|, e = f(a, w) - a w");
  add("MAE %", &pe::ErrorMetrics::mean_absolute_percent, "of 2^16");
  add("WCE", &pe::ErrorMetrics::worst_case, "largest |e|");
  add("WCE %", &pe::ErrorMetrics::worst_case_percent, "of 2^16");
  add("EP %", &pe::ErrorMetrics::probability_percent, "pairs with e != 0");
  add("MSE", &pe::ErrorMetrics::mean_squared, "mean e^2");
  add("bias", &pe::ErrorMetrics::bias, "mean e");
  add("variance", &pe::ErrorMetrics::variance, "of e");
  add("MRE %", &pe::ErrorMetrics::mean_relative_percent, "mean |e / (a w)| where a w != 0");
  add("WCRE %", &pe::ErrorMetrics::worst_relative_percent, "largest |e / (a w)| where a w != 0");
  add_row(table, all, "wrong at zero", "pairs with a = 0 or w = 0 and a product, of 511",
          [](const Form& form) { return std::to_string(form.metrics.wrong_at_zero); });
  add_row(table, all, "terms", "f(a) g(w) whose sum it is", [](const Form& form) {
    return form.terms ? fmt::format("{}{}", form.terms->size(), form.terms->adds_exact ? " (a w + ..)" : "")
                      : std::string("over 12");
  });
  add_row(table, all, "hash", "of the truth table",
          [](const Form& form) { return form.source.circuit.table->hash(); });
  return table.text();
}

std::string cost_table(const std::vector<Form>& all) {
  Table table = new_table(all, "cost");
  const auto add = [&](const char* name, const char* meaning, std::function<double(const Measurement&)> value,
                       int decimals) {
    add_row(table, all, name, meaning,
            [&](const Form& form) { return form.cost ? fixed(value(*form.cost), decimals) : "-"; });
  };
  const auto add_ratio = [&](const char* name, const char* meaning,
                             std::function<double(const Measurement&)> value) {
    add_row(table, all, name, meaning, [&](const Form& form) -> std::string {
      const Measurement* exact = form.cost ? exact_for(form.cost->operands) : nullptr;
      return exact ? ratio(value(*form.cost), value(*exact)) : "-";
    });
  };
  const auto area = [](const Measurement& m) { return m.area_um2; };
  const auto random = [](const Measurement& m) { return m.random.timed_fJ; };
  const auto held = [](const Measurement& m) { return m.held.timed_fJ; };
  add("area um2", "cells", area, 2);
  add_ratio("  to exact", "exact.u8u8, exact.u8s8.sm or exact.s8s8.native", area);
  add(
      "delay ps", "critical path", [](const Measurement& m) { return m.critical_path_ps; }, 0);
  add(
      "leakage nW", "of all cells", [](const Measurement& m) { return m.leakage_nW; }, 1);
  add("random fJ", "energy an operation, uniform operands, with glitches", random, 1);
  add_ratio("  to exact", "", random);
  add("held fJ", "the same, weight held for 256 operations", held, 1);
  add_ratio("  to exact", "", held);
  return table.text();
}

bool any_cost(const std::vector<Form>& all) {
  for (const Form& form : all)
    if (form.cost) return true;
  return false;
}

std::string text_of(const std::string& name, const std::vector<Form>& all) {
  std::string text = fmt::format("{}\n\n{}\n", name, error_table(all));
  if (any_cost(all)) {
    text += cost_table(all);
    return text +
           fmt::format("\nTechnology {}; the energy of the circuit alone, without its operands' drivers.\n",
                       pe::default_technology().name);
  }
  return text +
         (all.front().source.circuit.netlist
              ? "cost: not on the shelf, and yosys is not installed to map it (apt-get install yosys)\n"
              : "cost: unknown, as this is a table without gates\n");
}

nlohmann::ordered_json json_of(const std::vector<Form>& all) {
  auto list = nlohmann::ordered_json::array();
  for (const Form& form : all) {
    nlohmann::ordered_json one{{"name", form.source.circuit.name},
                               {"operands", to_string(form.source.circuit.operands)},
                               {"hash", form.source.circuit.table->hash()},
                               {"metrics", metrics_json(form.metrics)},
                               {"terms", nullptr},
                               {"cost", nullptr}};
    if (form.terms) one["terms"] = form.terms->size();
    if (form.cost)
      one["cost"] =
          nlohmann::ordered_json::parse(measurement_json(*form.cost, pe::default_technology().name));
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace

void show(const std::vector<std::string>& arguments) {
  const Arguments given(arguments, {{"--json", false}, {"--heatmap"}}, "multipliers");
  if (given.words().size() != 1)
    throw InputError("multipliers show", fmt::format("{} names given, expected one", given.words().size()));
  const std::string& name = given.words().front();
  const auto heatmap = given.value("--heatmap");
  if (heatmap) check_heatmap(*heatmap);
  std::vector<Form> all = forms(name);
  if (heatmap) write_heatmap(find_source(name).circuit, *heatmap);
  measure_missing(all);
  if (given.has("--json"))
    fmt::print("{}\n", json_of(all).dump(1));
  else
    fmt::print("{}", text_of(name, all));
}

}  // namespace neartile::multipliers
