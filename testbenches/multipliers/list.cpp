#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "multipliers/figures.h"
#include "multipliers/metrics_json.h"
#include "multipliers/shelf.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/decomposition.h"
#include "neartile/pe/error_metrics.h"
#include "text/arguments.h"
#include "text/table.h"

namespace neartile::multipliers {
namespace {

struct Row {
  std::string name;
  pe::ErrorMetrics metrics;
  std::optional<pe::Decomposition> terms;
};

std::vector<Row> rows() {
  std::vector<Row> all;
  for (const std::string& name : shelf_names()) {
    const pe::Circuit circuit = pe::make_circuit(name);
    all.push_back({name, error_metrics(circuit), decompose(circuit)});
  }
  return all;
}

std::string text_of(const std::vector<Row>& all) {
  Table table({{"multiplier", Table::Align::left},
               {"MAE\n%"},
               {"WCE\n%"},
               {"EP\n%"},
               {"MRE\n%"},
               {"bias"},
               {"wrong\nat zero"},
               {"terms"}});
  for (const auto& [name, m, terms] : all)
    table.add({name, fixed(m.mean_absolute_percent, 4), fixed(m.worst_case_percent, 3),
               fixed(m.probability_percent, 2), fixed(m.mean_relative_percent, 3), fixed(m.bias, 2),
               std::to_string(m.wrong_at_zero), terms ? std::to_string(terms->size()) : "many"});
  return table.text() +
         "\nOperands u8 x s8, over all 65,536 pairs. MAE and WCE in percent of 2^16, EP share of wrong\n"
         "products, MRE over products that are not 0, bias in units of the product, wrong products of the\n"
         "511 pairs with a zero, terms f(a) g(w) whose sum is the multiplier (many: more than 12).\n";
}

nlohmann::ordered_json json_of(const std::vector<Row>& all) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& [name, metrics, terms] : all)
    list.push_back({{"name", name},
                    {"operands", "u8s8"},
                    {"metrics", metrics_json(metrics)},
                    {"terms", terms ? nlohmann::ordered_json(terms->size()) : nullptr}});
  return list;
}

}  // namespace

void list(const std::vector<std::string>& arguments) {
  const Arguments given(arguments, {{"--json", false}}, "multipliers");
  if (!given.words().empty())
    throw InputError("multipliers list", "takes no names, expected multipliers show NAME for one");
  if (given.has("--json"))
    fmt::print("{}\n", json_of(rows()).dump(1));
  else
    fmt::print("{}", text_of(rows()));
}

}  // namespace neartile::multipliers
