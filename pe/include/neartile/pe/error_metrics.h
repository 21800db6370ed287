#pragma once

#include "neartile/pe/multiplier.h"

namespace neartile::pe {

/// Error e = f(a, w) - a w over all 65,536 operand pairs; relative errors over pairs whose exact
/// product is not zero (the conventions of EvoApproxLib's headers).
struct ErrorMetrics {
  double mean_absolute = 0;           ///< MAE, in units of the product
  double worst_case = 0;              ///< WCE, in units of the product
  double probability_percent = 0;     ///< EP: share of pairs with an error
  double mean_squared = 0;            ///< MSE
  double bias = 0;                    ///< mean error
  double variance = 0;                ///< of the error
  double mean_relative_percent = 0;   ///< MRE
  double worst_relative_percent = 0;  ///< WCRE
  double mean_absolute_percent = 0;   ///< MAE, percent of 2^16
  double worst_case_percent = 0;      ///< WCE, percent of 2^16
};

ErrorMetrics error_metrics(const Multiplier& multiplier);

/// The same for an unsigned core: both operands 0..255.
ErrorMetrics core_error_metrics(std::string_view name);

}  // namespace neartile::pe
