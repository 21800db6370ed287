#include "platform/options.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <sstream>
#include <utility>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::platform {
namespace {

namespace po = boost::program_options;

constexpr std::size_t most_images = 100000;
constexpr double longest_quantum_us = 1e6;
constexpr std::pair<const char*, Style> styles[] = {
    {"lt", Style::lt}, {"lt-dmi", Style::lt_dmi}, {"at", Style::at}};
constexpr std::pair<const char*, MemoryKind> memories[] = {{"simple", MemoryKind::simple},
                                                           {"hbm2", MemoryKind::hbm2}};

po::options_description described_options() {
  po::options_description options("options", 110, 70);
  const auto value = [](const char* name) { return po::value<std::string>()->value_name(name); };
  auto add = options.add_options();
  add("workload", value("W.json"), "network, calibration images, images and labels; default: drawn shapes");
  add("chip", value("C.json"), "the chip; default: a bank of four small arrays");
  add("set", po::value<std::vector<std::string>>()->value_name("KEY=VALUE"),
      "changes one value of the chip, may be repeated");
  add("images", po::value<std::size_t>()->value_name("N"), "first N images only; default 10");
  add("style", value("STYLE"),
      "how processor and DMA reach memory: lt (default), lt-dmi (pointers where memory grants them), at (DMA "
      "in four phases)");
  add("quantum", po::value<double>()->value_name("US"),
      "global quantum in microseconds: how far the processor may run ahead; default 0");
  add("memory", value("KIND"), "simple (default: latency and bandwidth) or hbm2");
  add("out", value("DIR"), "writes DIR/platform.json");
  add("memory-image", value("FILE"), "writes memory as firmware finds it, for another platform, and ends");
  add("help", "prints this");
  return options;
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
    throw InputError(std::string(error.what()) + ", see platform --help");
  }
}

template <class Choices>
auto chosen(const po::variables_map& values, const char* name, const Choices& choices) {
  if (values.count(name) == 0) return choices[0].second;
  const auto& word = values[name].as<std::string>();
  std::string allowed;
  for (const auto& [text, value] : choices) {
    if (word == text) return value;
    allowed += (allowed.empty() ? "" : ", ") + std::string(text);
  }
  throw InputError(std::string("--") + name, fmt::format("is {}, expected {}", in_quotes(word), allowed));
}

void read_path(const po::variables_map& values, const char* name,
               std::optional<std::filesystem::path>& path) {
  if (values.count(name) == 0) return;
  const auto& text = values[name].as<std::string>();
  if (text.empty()) throw InputError(std::string("--") + name, "is empty, expected a value");
  path = text;
}

}  // namespace

std::optional<Options> parse_options(const std::vector<std::string>& arguments) {
  const auto described = described_options();
  const auto values = parsed(arguments, described);
  if (values.count("help") != 0) {
    std::ostringstream text;
    text << described;
    fmt::print(
        "usage: platform [options]\n\n"
        "Firmware on a processor drives the chip over TLM-2.0 sockets: it classifies images and prints what "
        "the chip counted.\n\n{}",
        text.str());
    return std::nullopt;
  }
  Options options;
  read_path(values, "workload", options.run.workload);
  read_path(values, "chip", options.run.chip);
  read_path(values, "out", options.run.out);
  read_path(values, "memory-image", options.memory_image);
  if (values.count("set") != 0) options.run.settings = values["set"].as<std::vector<std::string>>();
  options.run.limit = values.count("images") != 0 ? values["images"].as<std::size_t>() : 10;
  if (*options.run.limit < 1 || *options.run.limit > most_images)
    throw InputError("--images", fmt::format("is {}, expected 1 to {}", *options.run.limit, most_images));
  if (values.count("quantum") != 0) options.quantum_us = values["quantum"].as<double>();
  if (!(options.quantum_us >= 0 && options.quantum_us <= longest_quantum_us))
    throw InputError("--quantum", fmt::format("is {}, expected 0 to {} microseconds", options.quantum_us,
                                              longest_quantum_us));
  options.style = chosen(values, "style", styles);
  options.memory = chosen(values, "memory", memories);
  return options;
}

std::string to_string(Style style) {
  return styles[static_cast<std::size_t>(style)].first;
}

PlatformConfig platform_of(const Options& options, router::ChipConfig chip) {
  chip.dma.transport = options.style == Style::at ? memory::DmaTransport::at : memory::DmaTransport::lt;
  chip.dma.dmi = options.style == Style::lt_dmi;
  PlatformConfig config;
  config.chip = std::move(chip);
  config.memory = options.memory;
  config.processor_dmi = options.style == Style::lt_dmi;
  return config;
}

}  // namespace neartile::platform
