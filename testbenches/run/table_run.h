#pragma once

#include "run/options.h"
#include "run/report.h"

namespace neartile {

/// Runs the layer table that the options name on operands that are drawn: cycles and toggles, no accuracy.
TableReport run_table(const RunOptions& options);

}  // namespace neartile
