#include <fmt/format.h>

#include <charconv>

#include "command.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/multiplier.h"
#include "rtl/layer_stimulus.h"
#include "run/inputs.h"
#include "run/output.h"
#include "text/arguments.h"
#include "text/numbers.h"

namespace neartile {
namespace {

constexpr std::string_view usage =
    R"(usage: neartile rtl [--chip C.json] --out DIR [options]

Writes the chip's bank as SystemVerilog, one module a file, with a test bench that checks itself, a script
for Yosys and a README. Names and widths are those of the activity that other commands report.

options:
  --chip C.json      the chip; default: a bank of four small arrays
  --out DIR          where the files go; DIR must be new or empty
  --workload W.json  where the stimulus comes from; default: drawn shapes
  --routing R.json, --policy NAME   which group computes each layer, as for neartile run
  --layer NAME       the layer whose operands drive the test bench; default: the first matrix layer
  --vectors N        its first N activation vectors (64), at most 100000
  --tiles N          through its first N tiles (4), at most 10000
)";

// The text of a test bench of an array holds all its ports: sizes beyond hardware's are refused.
constexpr std::uint64_t most_PEs_a_side = 1024;

std::size_t number_of(const Arguments& given, const char* option, std::size_t otherwise, std::size_t most) {
  const auto text = given.value(option);
  if (!text) return otherwise;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size() || number < 1 || number > most)
    throw InputError(option, fmt::format("is {}, expected a whole number, 1 to {}", in_quotes(*text), most));
  return number;
}

std::vector<array::RtlArray> bank_of(const router::ChipConfig& chip) {
  std::vector<array::RtlArray> bank;
  for (std::size_t g = 0; g < chip.arrays.size(); ++g) {
    const array::ArrayConfig& config = chip.arrays[g].array;
    if (config.rows > most_PEs_a_side || config.columns > most_PEs_a_side)
      throw InputError(fmt::format("/arrays/{}", g),
                       fmt::format("is {} x {}, expected at most {} x {} for RTL", config.rows,
                                   config.columns, most_PEs_a_side, most_PEs_a_side));
    const array::RtlArray one{config,
                              as_circuit(pe::make_multiplier(config.pe.multiplier, config.pe.format))};
    bank.insert(bank.end(), chip.arrays[g].count, one);
  }
  return bank;
}

RunOptions run_options(const Arguments& given) {
  RunOptions options;
  options.chip = given.value("--chip");
  options.workload = given.value("--workload");
  options.routing = given.value("--routing");
  options.policy = given.value("--policy");
  options.limit = 1;
  if (options.routing && options.policy)
    throw InputError("--routing and --policy are both given, expected one of them");
  return options;
}

void write_all(const std::string& out, const std::vector<array::RtlArray>& bank,
               const array::RtlBench& bench) {
  array::RtlFiles files = rtl_files(bank);
  files.merge(rtl_bench_files(bank, bench));
  files.merge(rtl_guide_files(bank, bench));
  write_folder(out, files);
  fmt::print("{}: {} files; array {} with {}\n", out, thousands(files.size()), bench.array, bench.origin);
}

void run_with(const std::vector<std::string>& arguments) {
  for (const std::string& word : arguments)
    if (word == "--help" || word == "-h") return fmt::print("{}", usage);
  const Arguments given(arguments,
                        {{"--chip"},
                         {"--out"},
                         {"--workload"},
                         {"--routing"},
                         {"--policy"},
                         {"--layer"},
                         {"--vectors"},
                         {"--tiles"}},
                        "rtl");
  if (!given.words().empty())
    throw InputError("rtl",
                     fmt::format("{} is no option, see neartile rtl --help", in_quotes(given.words()[0])));
  const auto out = given.value("--out");
  if (!out) throw InputError("rtl", "no --out given, expected --out DIR");
  check_new_folder(*out);
  LayerChoice choice;
  choice.layer = given.value("--layer");
  choice.vectors = number_of(given, "--vectors", choice.vectors, 100000);
  choice.tiles = number_of(given, "--tiles", choice.tiles, 10000);
  const RunOptions options = run_options(given);
  const router::ChipConfig chip = chosen_chip(options);
  write_all(*out, bank_of(chip), layer_bench(options, chip, choice));
}

}  // namespace

const Command rtl_command{"rtl", "writes the bank as SystemVerilog, with a test bench", run_with};

}  // namespace neartile
