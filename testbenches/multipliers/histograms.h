#pragma once

#include <string>

#include "neartile/pe/error_metrics.h"

namespace neartile::multipliers {

/// Reads {"activation": [256 numbers], "weight": [256 numbers]}: how often each operand pattern occurs.
/// Throws InputError.
pe::OperandHistograms read_histograms(const std::string& file);

}  // namespace neartile::multipliers
