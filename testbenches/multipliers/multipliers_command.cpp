#include <fmt/format.h>

#include "command.h"
#include "multipliers/subcommands.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/multiplier.h"

namespace neartile {
namespace {

constexpr std::string_view usage =
    R"(usage: neartile multipliers list [--json]
       neartile multipliers show NAME|FILE [READ] [--json] [--histograms H.json]
                                 [--heatmap FILE.svg|FILE.png] [--terms FILE.json]
       neartile multipliers import FILE [READ] [--name NAME] --out DIR
       neartile multipliers map NAME|FILE [READ] [--technology T.json] [--liberty L.lib] --out DIR
       neartile multipliers map --shelf --out DIR
       neartile multipliers compare NAME|FILE.. [READ] [--histograms H.json] [--json] [--plot FILE.svg]
       neartile multipliers compare [--format core|u8s8|s8s8] [--histograms H.json] [--json] [--plot FILE.svg]

READ, how files are read: [--activation PORT] [--weight PORT] [--product PORT] (A, B and O unless said)
                          [--format core|u8s8|s8s8] (core) [--rows activation|weight] (activation)

8x8 multipliers, exact and approximate: errors over all 65,536 operand pairs, area, delay and energy.

  list      the shelf: measured multipliers and their errors
  show      one multiplier: errors, rank, cost; a picture of its errors; its terms f(a) g(w)
  import    reads a circuit or table (.v, .blif, .json of Yosys, .bin, .txt) without running anything,
            and writes DIR/NAME.multiplier.json, which a chip may name as its multiplier
  map       maps a circuit to the cells of a technology by Yosys: DIR/NAME.v and DIR/NAME.cost.json;
            with --shelf measures the whole shelf: DIR/asap7.json
  compare   error, area, delay and energy side by side, of the whole shelf unless named; a plot (SVG)

NAME is FAMILY or FAMILY(parameters), with .u8u8 behind it for the unsigned core, .u8s8.sm or .s8s8.sm for
a sign-magnitude wrapper round the core, .s8s8.native for two's complement; without: .u8s8.sm.
FILE ends in .multiplier.json, which says how it is read, or is anything that import reads.
H.json says how often each operand pattern occurs: {"activation": [256 numbers], "weight": [256 numbers]}.

families:
)";

std::string help() {
  std::string text(usage);
  for (const pe::MultiplierFamily* family : pe::multiplier_families())
    text += fmt::format("  {}\n      {}\n", signature(*family), family->help);
  return text;
}

void run_with(const std::vector<std::string>& arguments) {
  static const std::pair<std::string_view, multipliers::Subcommand> all[] = {
      {"list", multipliers::list},
      {"show", multipliers::show},
      {"import", multipliers::import},
      {"map", multipliers::map},
      {"compare", multipliers::compare}};
  for (const std::string& word : arguments)
    if (word == "--help" || word == "-h") return fmt::print("{}", help());
  if (arguments.empty())
    throw InputError("multipliers", "no sub-command given, see neartile multipliers --help");
  for (const auto& [name, run] : all)
    if (arguments.front() == name) return run({arguments.begin() + 1, arguments.end()});
  throw InputError(in_quotes(arguments.front()), "no such sub-command, see neartile multipliers --help");
}

}  // namespace

const Command multipliers_command{"multipliers", "lists, shows, imports, maps and compares multipliers",
                                  run_with};

}  // namespace neartile
