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

namespace neartile {
namespace {

namespace po = boost::program_options;

constexpr std::size_t most_images = 100000;

po::options_description described_options() {
  po::options_description options("options", 110, 70);
  const auto file = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("workload", file("W.json"),
                        "network, calibration images, images and labels; default: drawn shapes")(
      "chip", file("C.json"), "the chip; default: a bank of four small arrays")(
      "set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
      "changes one value of the chip, may be repeated: arrays.0.pe.multiplier=drum(4)")(
      "routing", file("R.json"), "which group computes each layer")(
      "policy", file("NAME"), "a rule in place of --routing (below)")("limit", file("N"),
                                                                      "first N images only")(
      "executor", "accuracy only: computes the same results without the SystemC chip, much faster")(
      "out", file("DIR"), "writes DIR/result.json")(
      "help-config", "lists every key of the chip with default, range and meaning")("help", "prints this");
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
         "one, else first.\n";
  return text.str();
}

std::size_t limit_of(const std::string& text) {
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || end != text.data() + text.size() || limit < 1 || limit > most_images)
    throw InputError("--limit",
                     fmt::format("is {}, expected a whole number, 1 to {}", in_quotes(text), most_images));
  return limit;
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
  options.chip = value_of(values, "chip");
  options.routing = value_of(values, "routing");
  options.policy = value_of(values, "policy");
  options.out = value_of(values, "out");
  if (const auto limit = value_of(values, "limit")) options.limit = limit_of(*limit);
  if (values.count("set")) options.settings = values["set"].as<std::vector<std::string>>();
  options.executor = values.count("executor") > 0;
  if (options.routing && options.policy)
    throw InputError("--routing and --policy are both given, expected one of them");
  return options;
}

}  // namespace neartile
