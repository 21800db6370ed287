#pragma once

#include <string>

#include "run/report.h"

namespace neartile {

/// The layers of a simulated run on a roofline: operations a second attained against operations a byte of
/// external memory, below what memory and arrays allow. An SVG made by gnuplot; throws InputError where that
/// is not installed.
std::string roofline_plot(const ActivityReport& report);

}  // namespace neartile
