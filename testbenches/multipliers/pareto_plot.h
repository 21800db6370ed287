#pragma once

#include <string>
#include <vector>

#include "multipliers/measurement.h"
#include "neartile/pe/error_metrics.h"

namespace neartile::multipliers {

/// A multiplier's cost beside its errors.
struct Compared {
  Measurement cost;
  pe::ErrorMetrics metrics;
};

/// Error against energy (random and held) and area, relative to the exact circuit; those that no other
/// beats in both are joined. An SVG made by gnuplot; throws InputError where that is not installed.
std::string pareto_plot(const std::vector<Compared>& all);

}  // namespace neartile::multipliers
