#pragma once

#include <string>

#include "neartile/pe/circuit.h"

namespace neartile::multipliers {

/// The errors of all operand pairs as a picture: activation to the right, weight upwards, least values at
/// the lower left; blue too small, white exact, red too large.
std::string heatmap_png(const pe::Circuit& circuit);
/// The same with title, axes and a scale.
std::string heatmap_svg(const pe::Circuit& circuit);

/// Writes `file` by its ending, whole or not at all. Throws InputError.
void write_heatmap(const pe::Circuit& circuit, const std::string& file);
/// Throws InputError early where write_heatmap() would.
void check_heatmap(const std::string& file);

}  // namespace neartile::multipliers
