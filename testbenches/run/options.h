#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace neartile {

/// What `neartile run` was asked for.
struct RunOptions {
  std::optional<std::filesystem::path> workload, chip, routing, mapping, operands, out, timeline, roofline;
  std::optional<std::string> policy;
  std::optional<std::string> layers;  ///< a table's name, or a file
  std::optional<std::size_t> limit;   ///< images
  std::optional<std::uint64_t> seed;  ///< of drawn operands
  std::uint32_t images_in_flight = 1;
  std::vector<std::string> settings;
  std::size_t timeline_images = 1;
  bool executor = false;
  bool simulate = false;  ///< a layer table on the SystemC chip
};

/// Reads the command's arguments. Nothing where they only asked for help, which is then printed.
/// Throws InputError.
std::optional<RunOptions> parse_run_options(const std::vector<std::string>& arguments);

}  // namespace neartile
