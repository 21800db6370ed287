#include <fmt/format.h>

#include "multipliers/figures.h"
#include "multipliers/shelf.h"
#include "multipliers/source.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/error_metrics.h"
#include "neartile/pe/multiplier_file.h"
#include "run/output.h"
#include "text/arguments.h"

namespace neartile::multipliers {
namespace {

ImportSettings settings_of(const Arguments& given) {
  ImportSettings settings;
  settings.ports.activation = given.value("--activation").value_or(settings.ports.activation);
  settings.ports.weight = given.value("--weight").value_or(settings.ports.weight);
  settings.ports.product = given.value("--product").value_or(settings.ports.product);
  if (const auto format = given.value("--format")) settings.operands = operands_of_format(*format);
  if (const auto rows = given.value("--rows")) {
    if (*rows != "activation" && *rows != "weight")
      throw InputError("--rows", fmt::format("is {}, expected activation or weight", in_quotes(*rows)));
    settings.rows = *rows == "weight" ? pe::TableRows::weight : pe::TableRows::activation;
  }
  settings.name = given.value("--name");
  if (settings.name &&
      (settings.name->size() > 64 || settings.name->front() == '.' ||
       settings.name->find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789_-.()") != std::string::npos))
    throw InputError("--name", fmt::format("is {}, expected up to 64 letters, digits and _-.()",
                                           in_quotes(*settings.name)));
  return settings;
}

std::string summary(const Source& source) {
  const pe::Circuit& circuit = source.circuit;
  const pe::ErrorMetrics m = error_metrics(circuit);
  std::string text = fmt::format(
      "{}: {}, {}\n", circuit.name, to_string(circuit.operands),
      circuit.netlist ? fmt::format("{} gates", circuit.netlist->gates().size()) : "a table without gates");
  text += fmt::format("hash    {}\n", circuit.table->hash());
  if (const Measurement* known = find_by_hash(circuit.table->hash(), to_string(circuit.operands)))
    text += fmt::format("equals  {}\n", known->name);
  text += fmt::format("errors  MAE {} ({} %), WCE {} ({} %), EP {} %, MRE {} %, bias {}\n",
                      figure(m.mean_absolute), figure(m.mean_absolute_percent), figure(m.worst_case),
                      figure(m.worst_case_percent), figure(m.probability_percent),
                      figure(m.mean_relative_percent), figure(m.bias));
  if (m.wrong_at_zero > 0)
    text += fmt::format("zeros   {} of 511 products with a zero operand are not 0\n", m.wrong_at_zero);
  return text;
}

}  // namespace

void import(const std::vector<std::string>& arguments) {
  const Arguments given(
      arguments,
      {{"--activation"}, {"--weight"}, {"--product"}, {"--format"}, {"--rows"}, {"--name"}, {"--out"}},
      "multipliers");
  if (given.words().size() != 1)
    throw InputError("multipliers import", fmt::format("{} files given, expected one", given.words().size()));
  const auto out = given.value("--out");
  if (!out) throw InputError("multipliers import", "no --out given, expected --out DIR");
  const ImportSettings settings = settings_of(given);
  check_output(*out);
  const Source source = import_file(given.words().front(), settings);
  const std::string file = source.circuit.name + std::string(pe::multiplier_file_ending);
  write_output(*out, file, multiplier_file_text(source.circuit));
  fmt::print("{}wrote   {}\n", summary(source), (std::filesystem::path(*out) / file).string());
}

}  // namespace neartile::multipliers
