#pragma once

#include <optional>
#include <string>
#include <vector>

#include "multipliers/form.h"

namespace neartile::multipliers {

/// Errors and cost of the forms as tables; `histograms` is the file of the one form's weighted errors.
std::string show_text(const std::string& name, const std::vector<Form>& all,
                      const std::optional<std::string>& histograms);

}  // namespace neartile::multipliers
