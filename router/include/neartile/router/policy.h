#pragma once

#include <span>
#include <string>
#include <string_view>

#include "neartile/router/routing.h"

namespace neartile::router {

/// A rule that routes a network over a chip's groups.
struct Policy {
  std::string_view name;
  std::string_view help;
  Routing (*route)(const workloads::Network& network, const ChipConfig& chip);
};

/// All policies, one short file each in router/policies.
std::span<const Policy* const> policies();

/// Throws InputError that lists the policies.
const Policy& find_policy(const std::string& name);

}  // namespace neartile::router
