#pragma once

#include <optional>
#include <string>
#include <vector>

#include "multipliers/source.h"
#include "neartile/pe/decomposition.h"
#include "neartile/pe/error_metrics.h"

namespace neartile::multipliers {

/// One form of a multiplier and what is known about it: a column of `show`.
struct Form {
  Source source;
  pe::ErrorMetrics metrics;                  ///< over uniform operands
  std::optional<pe::ErrorMetrics> weighted;  ///< over those of --histograms
  std::size_t rank = 0;                      ///< of the truth table
  std::optional<pe::Decomposition> terms;    ///< nothing where it would be long
  std::optional<Measurement> cost;

  /// Operands and form: "u8s8.sm".
  std::string title() const;
};

/// All forms of a short name ("drum(4)"), else the one that is named.
std::vector<Form> forms_named(const std::string& name, const ImportSettings& settings);

/// Maps and measures those that the shelf does not know, where yosys is installed.
void measure_missing(std::vector<Form>& forms);

}  // namespace neartile::multipliers
