#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "neartile/workloads/network.h"

namespace neartile::workloads {

/// Reads a table of layer shapes (docs/reference/networks.md has its columns): a network whose matrix
/// layers have shapes, but neither weights nor bias. Its nodes are a chain, in the table's order. Throws
/// InputError "place:line: ..".
Network parse_layer_table(std::string_view text, const std::string& place, const std::string& name);
Network read_layer_table(const std::filesystem::path& file);

}  // namespace neartile::workloads
