#pragma once

#include <nlohmann/json.hpp>

#include "neartile/pe/error_metrics.h"

namespace neartile::multipliers {

/// The metrics under their names, units in the keys.
nlohmann::ordered_json metrics_json(const pe::ErrorMetrics& metrics);

}  // namespace neartile::multipliers
