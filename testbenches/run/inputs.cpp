#include "run/inputs.h"

#include <fmt/format.h>

#include "neartile/pe/base/config_json.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/multiplier.h"
#include "neartile/pe/multiplier_file.h"
#include "neartile/router/policy.h"
#include "run/default_workload.h"
#include "run/embedded.h"

namespace neartile {
namespace {

constexpr std::size_t default_images = 500;

std::string chip_place(const RunOptions& options) {
  return options.chip ? options.chip->string() : "default chip";
}

bool is_exact(const router::GroupConfig& group) {
  return pe::make_multiplier(group.array.pe.multiplier, group.array.pe.format).exact;
}

// The rule that `neartile run --help` states.
std::string usual_policy(const router::ChipConfig& chip) {
  std::size_t exact = 0;
  for (const auto& group : chip.arrays) exact += is_exact(group);
  return exact > 0 && exact < chip.arrays.size() ? "exact-ends" : "first";
}

// Files that a chip names are found from its own folder; in full, so that the echoed chip can be used
// anywhere.
void find_multiplier_files(router::ChipConfig& chip, const std::filesystem::path& folder) {
  for (auto& group : chip.arrays) {
    std::string& multiplier = group.array.pe.multiplier;
    if (pe::is_multiplier_file(multiplier))
      multiplier = std::filesystem::absolute(folder / multiplier).lexically_normal().string();
  }
}

}  // namespace

workloads::Workload chosen_workload(const RunOptions& options) {
  if (!options.workload) return default_workload(options.limit.value_or(default_images));
  return workloads::read_workload(*options.workload, options.limit.value_or(0));
}

router::ChipConfig chosen_chip(const RunOptions& options) {
  router::ChipConfig chip;
  const Describe description = [&](ConfigVisitor& visitor) { describe(visitor, chip); };
  if (options.chip)
    read_config(*options.chip, description);
  else
    read_config(default_chip(), chip_place(options), description);
  if (options.chip) find_multiplier_files(chip, options.chip->parent_path());
  for (const auto& setting : options.settings) apply_setting(setting, description);
  find_multiplier_files(chip, {});
  complete(chip, chip_place(options));
  return chip;
}

ChosenRouting chosen_routing(const RunOptions& options, const workloads::Network& network,
                             const router::ChipConfig& chip) {
  ChosenRouting chosen;
  if (options.routing) {
    chosen.origin = options.routing->string();
    chosen.groups = resolve(router::read_routing(*options.routing), network, chip, chosen.origin);
  } else {
    const router::Policy& policy = router::find_policy(options.policy.value_or(usual_policy(chip)));
    chosen.groups = policy.route(network, chip);
    chosen.origin = fmt::format("policy {}", policy.name);
  }
  chosen.mapping = options.mapping ? read_mapping(*options.mapping, network, chosen.groups, chip)
                                   : default_mapping(network, chosen.groups, chip);
  chosen.mapping_origin = options.mapping ? options.mapping->string() : "default rule";
  return chosen;
}

workloads::Scheme scheme_of(const router::ChipConfig& chip) {
  const pe::Format format = chip.arrays.front().array.pe.format;
  for (const auto& group : chip.arrays)
    if (group.array.pe.format != format)
      throw InputError("chip " + chip.name, fmt::format("groups take {} and {} operands, expected one format",
                                                        to_string(format), to_string(group.array.pe.format)));
  return format == pe::Format::s8s8 ? workloads::Scheme::symmetric_s8 : workloads::Scheme::affine_u8;
}

}  // namespace neartile
