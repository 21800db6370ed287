#pragma once

#include <memory>

#include "run/options.h"
#include "run/report.h"
#include "run/timeline_file.h"

namespace neartile {

/// Runs the layer table that the options name on operands that are drawn: cycles and toggles, no accuracy. On
/// the SystemC chip where they say so, which then makes the `timeline` that they ask for.
TableReport run_table(const RunOptions& options, std::unique_ptr<TimelineFile>& timeline);

}  // namespace neartile
