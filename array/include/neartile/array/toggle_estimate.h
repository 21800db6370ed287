#pragma once

#include <cstdint>

namespace neartile::array {

/// A total estimated from a random sample, and how far off it may be.
struct Estimate {
  double value = 0;
  double variance = 0;         ///< of `value` over all samples that might have been drawn
  double variance_spread = 0;  ///< sum over independent parts of variance^2 / degrees of freedom

  /// The total is within value - bound() and value + bound() for 95 % of the samples (Student's t; degrees of
  /// freedom after Satterthwaite). 0 where nothing was left to chance.
  double bound() const;
  /// The sum of two totals whose samples are independent.
  Estimate& operator+=(const Estimate& other);
};

/// Toggles of an array over one tile or several, in part from a sample.
struct ToggleEstimate {
  std::uint64_t activation = 0;  ///< exact
  Estimate product;
  Estimate partial_sum;

  ToggleEstimate& operator+=(const ToggleEstimate& other);
  /// Of all three classes. The bounds of two are added: they come from the same sample.
  double total() const { return static_cast<double>(activation) + product.value + partial_sum.value; }
  double total_bound() const { return product.bound() + partial_sum.bound(); }
};

/// What ArrayKernel::estimate() looks at.
struct Sampling {
  double fraction = 0.05;  ///< of the transitions from vector to vector, 0 to 1
  std::uint64_t seed = 1;  ///< equal seeds draw equal samples
};

}  // namespace neartile::array
