#pragma once

#include <string>

#include "neartile/router/chip_config.h"
#include "neartile/router/mapping.h"
#include "neartile/router/routing.h"
#include "neartile/workloads/quantisation.h"
#include "neartile/workloads/workload.h"
#include "run/options.h"

namespace neartile {

/// The workload that the options name, or the network of drawn shapes inside the program.
workloads::Workload chosen_workload(const RunOptions& options);

/// The chip that the options name, or the bank inside the program, with their settings; complete.
router::ChipConfig chosen_chip(const RunOptions& options);

/// Where and how layers are computed, and what that is called in reports.
struct ChosenRouting {
  router::Routing groups;
  std::string origin;  ///< "policy spread", or the file
  router::Mapping mapping;
  std::string mapping_origin;  ///< "default rule", or the file
};
ChosenRouting chosen_routing(const RunOptions& options, const workloads::Network& network,
                             const router::ChipConfig& chip);

/// How activations are encoded for the chip's operand format; groups of different formats are an
/// InputError.
workloads::Scheme scheme_of(const router::ChipConfig& chip);

}  // namespace neartile
