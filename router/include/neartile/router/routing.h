#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "neartile/router/chip_config.h"
#include "neartile/workloads/network.h"

namespace neartile::router {

/// Which group computes each layer: by node of the network; vector nodes have no entry of meaning.
using Routing = std::vector<std::size_t>;

/// A routing as written by a user: names of layers and of PE types or groups.
struct RoutingNames {
  std::map<std::string, std::string> layers;
  std::string otherwise;  ///< "default": for layers that are not named; may be empty if all are
};

/// Reads {"layers": {"conv1": "truncated(6)", ..}, "default": "exact"}. Throws InputError.
RoutingNames read_routing(const std::filesystem::path& file);

/// Resolves names; a layer that the network has not, or a type that the chip has not, is an InputError
/// at `place`.
Routing resolve(const RoutingNames& names, const workloads::Network& network, const ChipConfig& chip,
                const std::string& place);

}  // namespace neartile::router
