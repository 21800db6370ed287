#pragma once

#include <cstdint>
#include <string_view>

#include "neartile/pe/circuit.h"
#include "neartile/pe/multiplier.h"
#include "neartile/pe/operand_histograms.h"

namespace neartile::pe {

/// Error e = f(a, w) - a w over all 65,536 operand pairs, uniform or weighted; relative errors over pairs
/// whose exact product is not zero (the conventions of EvoApproxLib's headers).
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
  std::uint32_t wrong_at_zero = 0;    ///< pairs with a = 0 or w = 0 whose product is not 0, of 511
};

ErrorMetrics error_metrics(const Circuit& circuit);
ErrorMetrics error_metrics(const Multiplier& multiplier);
/// Means over pairs as often as they occur; worst cases and counts over pairs that occur at all. Throws
/// InputError where a number is negative or not finite, or an operand never occurs.
ErrorMetrics error_metrics(const Circuit& circuit, const OperandHistograms& histograms);

/// The same for the unsigned core of "family(p,q)": both operands 0..255.
ErrorMetrics core_error_metrics(std::string_view name);

}  // namespace neartile::pe
