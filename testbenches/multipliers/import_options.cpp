#include "multipliers/import_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::multipliers {
namespace {

constexpr const char* port_options[] = {"--activation", "--weight", "--product"};

// Nothing that the user says is dropped in silence.
void check_use(const Arguments& given, std::string_view option, bool (*uses)(const std::string&),
               std::string_view files) {
  const auto& words = given.words();
  if (given.has(option) && std::none_of(words.begin(), words.end(), uses))
    throw InputError(std::string(option), fmt::format("is for {}, none is given", files));
}

void check_uses(const Arguments& given, bool own_format) {
  for (const char* option : port_options)
    check_use(given, option, is_circuit_file, "circuits from files (.v, .blif, .json)");
  check_use(given, "--rows", is_table_file, "tables from files (.bin, .txt)");
  if (!own_format)
    check_use(
        given, "--format",
        [](const std::string& word) { return is_circuit_file(word) || is_table_file(word); },
        "files that do not say it (.v, .blif, .json, .bin, .txt)");
}

pe::TableRows rows_of(const std::string& text) {
  if (text == "activation") return pe::TableRows::activation;
  if (text == "weight") return pe::TableRows::weight;
  throw InputError("--rows", fmt::format("is {}, expected activation or weight", in_quotes(text)));
}

}  // namespace

std::vector<Arguments::Option> with_import_options(std::vector<Arguments::Option> own) {
  for (const char* option : port_options) own.push_back({option});
  own.push_back({"--format"});
  own.push_back({"--rows"});
  return own;
}

ImportSettings import_settings(const Arguments& given, bool own_format) {
  check_uses(given, own_format);
  ImportSettings settings;
  settings.ports.activation = given.value("--activation").value_or(settings.ports.activation);
  settings.ports.weight = given.value("--weight").value_or(settings.ports.weight);
  settings.ports.product = given.value("--product").value_or(settings.ports.product);
  if (const auto format = given.value("--format")) settings.operands = operands_of_format(*format);
  if (const auto rows = given.value("--rows")) settings.rows = rows_of(*rows);
  return settings;
}

}  // namespace neartile::multipliers
