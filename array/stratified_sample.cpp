#include "stratified_sample.h"

#include <algorithm>

namespace neartile::array {

StratifiedSample::StratifiedSample(std::size_t size, std::size_t strata, std::mt19937_64& random)
    : size_(size), strata_(strata) {
  units_.reserve(2 * strata);
  for (std::size_t h = 0; h < strata; ++h) {
    const auto count = static_cast<std::uint64_t>(bound_of(h + 1) - bound_of(h));
    const std::uint64_t first = random() % count, second = random() % (count - 1);
    units_.push_back(bound_of(h) + first);
    units_.push_back(bound_of(h) + (second < first ? second : second + 1));
  }
}

namespace {

// Sums over strata that give the slope of least squares; a stratum weighs as much as its differences do in
// the variance.
struct Slope {
  void add(const SampledPair& pair, double sign) {
    const double dx = pair.x[0] - pair.x[1], dy = pair.y[0] - pair.y[1];
    xx += sign * weight(pair) * dx * dx;
    xy += sign * weight(pair) * dx * dy;
  }
  double without(const SampledPair& pair) const {
    Slope others = *this;
    others.add(pair, -1);
    return others.xx > 1e-9 * xx ? others.xy / others.xx : 0;
  }
  // The variance of a stratum's part is weight (y1 - y2)^2.
  static double weight(const SampledPair& pair) { return pair.stratum_size * (pair.stratum_size - 2) / 4; }

  double xx = 0, xy = 0;
};

}  // namespace

Estimate estimate_total(std::span<const SampledPair> pairs) {
  Slope all;
  for (const SampledPair& pair : pairs) all.add(pair, 1);
  Estimate estimate;
  double squares = 0;
  for (const SampledPair& pair : pairs) {
    const double slope = all.without(pair), scale = pair.stratum_size / 2;
    const double residual1 = pair.y[0] - slope * pair.x[0], residual2 = pair.y[1] - slope * pair.x[1];
    estimate.value += slope * pair.stratum_x + scale * (residual1 + residual2);
    const double part = Slope::weight(pair) * (residual1 - residual2) * (residual1 - residual2);
    estimate.variance += part;
    squares += part * part;
  }
  // Degrees of freedom: one a stratum where normal differences contribute alike (E[part^2] is then three
  // times the square of its mean), less where a few dominate; half of that, as toggles have heavier tails.
  const auto strata = static_cast<double>(pairs.size());
  const double alike = squares > 0 ? 3 * estimate.variance * estimate.variance / squares - 2 : strata;
  const double freedom = std::clamp(alike, 2.0, strata) / 2;
  estimate.variance_spread = estimate.variance * estimate.variance / freedom;
  return estimate;
}

}  // namespace neartile::array
