#include "neartile/router/policy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "policies/policies.h"

namespace neartile::router {

std::span<const Policy* const> policies() {
  static const Policy* const all[] = {&first_policy, &spread_policy, &exact_ends_policy};
  return all;
}

const Policy& find_policy(const std::string& name) {
  std::vector<std::string_view> names;
  for (const Policy* policy : policies()) {
    if (policy->name == name) return *policy;
    names.push_back(policy->name);
  }
  throw InputError("policy " + in_quotes(name),
                   fmt::format("no such policy, expected one of {}", fmt::join(names, ", ")));
}

std::vector<std::size_t> matrix_nodes(const workloads::Network& network) {
  std::vector<std::size_t> nodes;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    if (network.nodes[i].matrix()) nodes.push_back(i);
  return nodes;
}

}  // namespace neartile::router
