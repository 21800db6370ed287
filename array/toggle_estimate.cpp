#include "neartile/array/toggle_estimate.h"

#include <algorithm>
#include <cmath>

namespace neartile::array {
namespace {

// Two-sided 95 % quantile of Student's t: exact for few degrees of freedom, then Fisher's expansion about the
// normal quantile (Abramowitz and Stegun 26.7.5), which is off by less than 0.1 % there.
double student_quantile(double freedom) {
  static constexpr double few[] = {12.706, 4.303, 3.182, 2.776, 2.571};
  if (freedom < 6) return few[std::clamp(static_cast<int>(freedom), 1, 5) - 1];
  constexpr double z = 1.959964;
  constexpr double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
  return z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom);
}

}  // namespace

double Estimate::bound() const {
  if (variance <= 0) return 0;
  return student_quantile(variance * variance / variance_spread) * std::sqrt(variance);
}

Estimate& Estimate::operator+=(const Estimate& other) {
  value += other.value;
  variance += other.variance;
  variance_spread += other.variance_spread;
  return *this;
}

ToggleEstimate& ToggleEstimate::operator+=(const ToggleEstimate& other) {
  activation += other.activation;
  product += other.product;
  partial_sum += other.partial_sum;
  return *this;
}

}  // namespace neartile::array
