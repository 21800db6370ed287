#include <fmt/format.h>

#include "multipliers/figures.h"
#include "multipliers/import_options.h"
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

std::string checked_name(const std::string& name) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.()";
  if (name.size() > 64 || name.front() == '.' || name.find_first_not_of(plain) != std::string::npos)
    throw InputError("--name",
                     fmt::format("is {}, expected up to 64 letters, digits and _-.()", in_quotes(name)));
  return name;
}

// The likeliest mistake: a signed circuit that is read as an unsigned one, or the other way round.
std::string format_hint(const pe::Circuit& circuit, double mean_absolute) {
  for (const pe::Operands operands : {pe::Operands::u8u8, pe::Operands::u8s8, pe::Operands::s8s8}) {
    pe::Circuit other = circuit;
    other.operands = operands;
    const double mean = error_metrics(other).mean_absolute;
    if (4 * mean < mean_absolute)
      return fmt::format("hint    with --format {} its MAE would be {}\n",
                         operands == pe::Operands::u8u8 ? "core" : to_string(operands), figure(mean));
  }
  return {};
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
  text += fmt::format("errors  MAE {} ({} % of 2^16), WCE {} ({} %), EP {} %, MRE {} %, bias {}\n",
                      figure(m.mean_absolute), figure(m.mean_absolute_percent), figure(m.worst_case),
                      figure(m.worst_case_percent), figure(m.probability_percent),
                      figure(m.mean_relative_percent), figure(m.bias));
  if (m.wrong_at_zero > 0)
    text += fmt::format("zeros   {} of 511 products with a zero operand are not 0\n", m.wrong_at_zero);
  return text + format_hint(circuit, m.mean_absolute);
}

}  // namespace

void import(const std::vector<std::string>& arguments) {
  const Arguments given(arguments, with_import_options({{"--name"}, {"--out"}}), "multipliers");
  if (given.words().size() != 1)
    throw InputError("multipliers import", fmt::format("{} files given, expected one", given.words().size()));
  const auto out = given.value("--out");
  if (!out) throw InputError("multipliers import", "no --out given, expected --out DIR");
  ImportSettings settings = import_settings(given);
  if (const auto name = given.value("--name")) settings.name = checked_name(*name);
  check_output(*out);
  const Source source = import_file(given.words().front(), settings);
  const std::string file = source.circuit.name + std::string(pe::multiplier_file_ending);
  write_output(*out, file, multiplier_file_text(source.circuit));
  fmt::print("{}wrote   {}\n", summary(source), (std::filesystem::path(*out) / file).string());
}

}  // namespace neartile::multipliers
