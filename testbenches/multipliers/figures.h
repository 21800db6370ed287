#pragma once

#include <string>

namespace neartile::multipliers {

/// Six significant digits: "12.25", "0.018692", "1793.25".
std::string figure(double value);
/// A fixed number of decimals.
std::string fixed(double value, int decimals);
/// value / reference with two decimals; "-" where there is no reference.
std::string ratio(double value, double reference);

}  // namespace neartile::multipliers
