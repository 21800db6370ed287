#include <fmt/format.h>

#include "command.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/technology.h"
#include "run/output.h"
#include "text/arguments.h"
#include "text/numbers.h"

namespace neartile {
namespace {

constexpr std::string_view usage =
    R"(usage: neartile technology import FILE.lib[.gz].. --out T.json

Reads Liberty (NLDM): areas, pins, functions, leakage, internal energies and delays of cells, combinational
and sequential, and writes them as a technology, each constant with its source.
)";

void import(const std::vector<std::string>& arguments) {
  const Arguments given(arguments, {{"--out"}}, "technology");
  if (given.words().empty()) throw InputError("technology import", "no file given, expected FILE.lib[.gz]");
  const auto out = given.value("--out");
  if (!out) throw InputError("technology import", "no --out given, expected --out T.json");
  check_file(*out, "--out");
  const pe::Technology technology = pe::import_liberty({given.words().begin(), given.words().end()});
  write_file(*out, to_json_text(technology));
  fmt::print("{}: {}, {} cells, {} V, {} C\n", *out, technology.name, thousands(technology.cells.size()),
             technology.voltage_V, technology.temperature_C);
}

void run_with(const std::vector<std::string>& arguments) {
  for (const std::string& word : arguments)
    if (word == "--help" || word == "-h") return fmt::print("{}", usage);
  if (arguments.empty())
    throw InputError("technology", "no sub-command given, see neartile technology --help");
  if (arguments.front() == "import") return import({arguments.begin() + 1, arguments.end()});
  throw InputError(in_quotes(arguments.front()), "no such sub-command, see neartile technology --help");
}

}  // namespace

const Command technology_command{"technology", "reads technologies from Liberty", run_with};

}  // namespace neartile
