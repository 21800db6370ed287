#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "neartile/array/toggle_estimate.h"

namespace neartile::array {

/// Two units each out of consecutive strata of a population 0 .. size - 1.
class StratifiedSample {
 public:
  /// `strata` <= size / 2, so that each has two units at least.
  StratifiedSample(std::size_t size, std::size_t strata, std::mt19937_64& random);
  /// Units of stratum h are at 2h and 2h + 1.
  const std::vector<std::size_t>& units() const { return units_; }
  /// How many units stratum h stands for.
  std::size_t size_of(std::size_t stratum) const { return bound_of(stratum + 1) - bound_of(stratum); }
  std::size_t first_of(std::size_t stratum) const { return bound_of(stratum); }
  std::size_t strata() const { return units_.size() / 2; }

 private:
  std::size_t bound_of(std::size_t stratum) const { return stratum * size_ / strata_; }

  std::size_t size_, strata_;
  std::vector<std::size_t> units_;
};

/// Two sampled units of a stratum: what is looked for (y), and what is known of all units and goes with it
/// (x).
struct SampledPair {
  double stratum_size = 0;
  double stratum_x = 0;  ///< sum over all of its units
  double y[2] = {};
  double x[2] = {};
};

/// The total of y over all units of all strata: what y has beyond slope x is scaled up, x itself is known.
/// Each stratum takes its slope from the others, so that slope and sample are independent: the estimate is
/// unbiased however few strata there are, and the pairs' residual differences give its variance.
Estimate estimate_total(std::span<const SampledPair> pairs);

}  // namespace neartile::array
