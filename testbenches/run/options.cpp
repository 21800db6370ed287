#include "run/options.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <charconv>
#include <sstream>

#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/router/chip_config.h"
#include "neartile/router/policy.h"
#include "run/embedded.h"

namespace neartile {
namespace {

namespace po = boost::program_options;

constexpr std::size_t most_images = 100000;
constexpr std::uint64_t most_in_flight = 256;
constexpr std::uint64_t largest_seed = 1'000'000'000'000'000'000;

po::options_description described_options() {
  po::options_description options("options", 110, 70);
  const auto value = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("workload", value("W.json"), "network, calibration images, images and labels; default: drawn shapes");
  add("layers", value("T.csv"),
      "a table of layer shapes instead, or the name of one (below): cycles and toggles on drawn operands");
  add("chip", value("C.json"), "the chip; default: a bank of four small arrays");
  add("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
      "changes one value of the chip, may be repeated: arrays.0.pe.multiplier=drum(4)");
  add("routing", value("R.json"), "which group computes each layer");
  add("mapping", value("M.json"), "changes how layers are computed: tile order, M chunk, split, unit");
  add("policy", value("NAME"), "a rule in place of --routing (below)");
  add("limit", value("N"), "first N images only");
  add("images-in-flight", value("N"),
      "images whose layers are at work side by side; divides the images; default 1");
  add("executor", "accuracy only: computes the same results without the SystemC chip, much faster");
  add("operands", value("O.json"), "with --layers: statistics that operands are drawn from");
  add("seed", value("N"), "with --layers: of the drawn operands; default 1");
  add("simulate", "with --layers: on the SystemC chip, with its memory and vector unit");
  add("timeline", value("T.json"), "writes what each unit does in each cycle, for ui.perfetto.dev");
  add("timeline-images", value("N"), "with --timeline: of the first N images; default 1");
  add("roofline", value("R.svg"), "draws ops a second of each layer against its ops a byte; needs gnuplot");
  add("out", value("DIR"), "writes DIR/result.json");
  add("help-config", "lists every key of the chip with default, range and meaning");
  add("help", "prints this");
  return options;
}

std::string help(const po::options_description& options) {
  std::ostringstream text;
  text << "usage: neartile run [options]\n\n"
          "Runs a network on a chip: accuracy beside exact int8 and float, cycles, time and toggles by "
          "layer.\n"
          "Without options it runs a small network that is part of the program.\n\n"
       << options << "\npolicies:\n";
  for (const router::Policy* policy : router::policies())
    text << fmt::format("  {:<12}{}\n", policy->name, policy->help);
  text
      << "\nWithout --routing and --policy: exact-ends where the chip has an exact group and an approximate\n"
         "one, else first.\n\nlayer tables that are part of the program:\n ";
  for (const EmbeddedTable& table : layer_tables()) text << ' ' << table.name;
  text << '\n';
  return text.str();
}

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t minimum,
                           std::uint64_t maximum) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < minimum || value > maximum)
    throw InputError(
        option, fmt::format("is {}, expected a whole number, {} to {}", in_quotes(text), minimum, maximum));
  return value;
}

po::variables_map parsed(const std::vector<std::string>& arguments, const po::options_description& options) {
  namespace style = po::command_line_style;
  try {
    po::variables_map values;
    po::store(po::command_line_parser(arguments)
                  .options(options)
                  .positional({})
                  .style(style::allow_long | style::long_allow_next | style::long_allow_adjacent)
                  .run(),
              values);
    return values;
  } catch (const po::error& error) {
    throw InputError(std::string(error.what()) + ", see neartile run --help");
  }
}

std::optional<std::string> value_of(const po::variables_map& values, const char* name) {
  if (values.count(name) == 0) return std::nullopt;
  const auto& text = values[name].as<std::string>();
  if (text.empty()) throw InputError(std::string("--") + name, "is empty, expected a value");
  return text;
}

// A layer table has no images, and nothing but a layer table has drawn operands.
void check_layer_options(const po::variables_map& values) {
  const bool layers = values.count("layers") > 0;
  for (const char* name : {"workload", "limit", "executor", "images-in-flight"})
    if (layers && values.count(name) > 0)
      throw InputError(fmt::format("--layers and --{} are both given, expected one of them", name));
  for (const char* name : {"operands", "seed", "simulate"})
    if (!layers && values.count(name) > 0)
      throw InputError(fmt::format("--{} is given without --layers, expected both", name));
}

// Only the SystemC chip has time to show.
void check_time_options(const po::variables_map& values) {
  const bool simulated =
      values.count("layers") > 0 ? values.count("simulate") > 0 : values.count("executor") == 0;
  for (const char* name : {"timeline", "roofline"})
    if (!simulated && values.count(name) > 0)
      throw InputError(fmt::format("--{} is given without the SystemC chip, expected {}", name,
                                   values.count("layers") > 0 ? "--simulate, too" : "no --executor"));
  if (values.count("timeline-images") > 0 && values.count("timeline") == 0)
    throw InputError("--timeline-images is given without --timeline, expected both");
}

}  // namespace

std::optional<RunOptions> parse_run_options(const std::vector<std::string>& arguments) {
  const po::options_description described = described_options();
  const po::variables_map values = parsed(arguments, described);
  if (values.count("help")) {
    fmt::print("{}", help(described));
    return std::nullopt;
  }
  if (values.count("help-config")) {
    router::ChipConfig chip;
    fmt::print("{}", help_text([&](ConfigVisitor& visitor) { describe(visitor, chip); }));
    return std::nullopt;
  }
  RunOptions options;
  options.workload = value_of(values, "workload");
  options.layers = value_of(values, "layers");
  options.operands = value_of(values, "operands");
  options.chip = value_of(values, "chip");
  options.routing = value_of(values, "routing");
  options.mapping = value_of(values, "mapping");
  options.policy = value_of(values, "policy");
  options.out = value_of(values, "out");
  options.timeline = value_of(values, "timeline");
  options.roofline = value_of(values, "roofline");
  if (const auto images = value_of(values, "timeline-images"))
    options.timeline_images = whole_number("--timeline-images", *images, 1, most_images);
  if (const auto limit = value_of(values, "limit"))
    options.limit = whole_number("--limit", *limit, 1, most_images);
  if (const auto images = value_of(values, "images-in-flight"))
    options.images_in_flight =
        static_cast<std::uint32_t>(whole_number("--images-in-flight", *images, 1, most_in_flight));
  if (const auto seed = value_of(values, "seed"))
    options.seed = whole_number("--seed", *seed, 0, largest_seed);
  if (values.count("set")) options.settings = values["set"].as<std::vector<std::string>>();
  options.executor = values.count("executor") > 0;
  options.simulate = values.count("simulate") > 0;
  if (options.routing && options.policy)
    throw InputError("--routing and --policy are both given, expected one of them");
  if (options.executor && values.count("images-in-flight") > 0)
    throw InputError("--executor and --images-in-flight are both given, expected one of them");
  check_layer_options(values);
  check_time_options(values);
  return options;
}

}  // namespace neartile
