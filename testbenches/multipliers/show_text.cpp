#include "multipliers/show_text.h"

#include <fmt/format.h>

#include <functional>

#include "multipliers/figures.h"
#include "multipliers/shelf.h"
#include "text/printable.h"
#include "text/table.h"

namespace neartile::multipliers {
namespace {

// Cells of a row come one a column, so columns of a table may be of forms or of metrics.
template <class Columns, class Cell>
void add_row(Table& table, const Columns& columns, const char* name, const char* meaning, Cell cell) {
  std::vector<std::string> row{name};
  for (const auto& column : columns) row.push_back(cell(column));
  row.emplace_back(meaning);
  table.add(std::move(row));
}

Table new_table(const std::vector<std::string>& titles, const char* title) {
  std::vector<Table::Column> columns{{title, Table::Align::left}};
  for (const std::string& column : titles) columns.push_back({column});
  columns.push_back({"meaning", Table::Align::left});
  return Table(std::move(columns));
}

std::vector<std::string> titles_of(const std::vector<Form>& all) {
  std::vector<std::string> titles;
  for (const Form& form : all) titles.push_back(form.title());
  return titles;
}

void add_metrics(Table& table, const std::vector<pe::ErrorMetrics>& columns) {
  const auto add = [&](const char* name, double pe::ErrorMetrics::*value, const char* meaning) {
    add_row(table, columns, name, meaning, [&](const pe::ErrorMetrics& m) { return figure(m.*value); });
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
  add_row(table, columns, "wrong at zero", "pairs with a = 0 or w = 0 and a product, of 511",
          [](const pe::ErrorMetrics& m) { return std::to_string(m.wrong_at_zero); });
}

std::string error_table(const std::vector<Form>& all) {
  Table table = new_table(titles_of(all), "errors");
  std::vector<pe::ErrorMetrics> metrics;
  for (const Form& form : all) metrics.push_back(form.metrics);
  add_metrics(table, metrics);
  add_row(table, all, "rank", "of the table of 256 x 256 products",
          [](const Form& form) { return std::to_string(form.rank); });
  add_row(table, all, "terms", "f(a) g(w) of integers whose sum it is", [](const Form& form) {
    return form.terms ? fmt::format("{}{}", form.terms->size(), form.terms->adds_exact ? " (a w + ..)" : "")
                      : fmt::format("over {}", pe::most_terms);
  });
  add_row(table, all, "hash", "of the truth table",
          [](const Form& form) { return form.source.circuit.table->hash(); });
  return table.text();
}

// The same errors over other operands, for one form.
std::string weighted_table(const Form& form, const std::string& histograms) {
  Table table = new_table({"uniform", "as in file"}, "errors");
  add_metrics(table, {form.metrics, *form.weighted});
  return fmt::format("operands as often as in {}\n\n{}\n", printable(histograms), table.text());
}

std::string cost_table(const std::vector<Form>& all) {
  Table table = new_table(titles_of(all), "cost");
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

}  // namespace

std::string show_text(const std::string& name, const std::vector<Form>& all,
                      const std::optional<std::string>& histograms) {
  std::string text = fmt::format("{}\n\n{}\n", printable(name), error_table(all));
  if (histograms) text += weighted_table(all.front(), *histograms);
  if (any_cost(all))
    return text + cost_table(all) +
           fmt::format("\nTechnology {}; the energy of the circuit alone, without its operands' drivers.\n",
                       pe::default_technology().name);
  return text +
         (all.front().source.circuit.netlist
              ? "cost: not on the shelf, and yosys is not installed to map it (apt-get install yosys)\n"
              : "cost: unknown, as this is a table without gates\n");
}

}  // namespace neartile::multipliers
