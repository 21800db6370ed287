#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "platform/platform.h"
#include "run/options.h"

namespace neartile::platform {

/// How processor and DMA reach memory.
enum class Style { lt, lt_dmi, at };

/// What `platform` was asked for.
struct Options {
  RunOptions run;  ///< workload, chip, settings, number of images, folder for results
  std::optional<std::filesystem::path> memory_image;  ///< a file to write instead of a simulation
  Style style = Style::lt;
  double quantum_us = 0;
  MemoryKind memory = MemoryKind::simple;
};

/// Nothing where the arguments only asked for help, which is then printed. Throws InputError.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

std::string to_string(Style style);

/// The platform that the options ask for. The chip is complete.
PlatformConfig platform_of(const Options& options, router::ChipConfig chip);

}  // namespace neartile::platform
