#pragma once

#include <string>

namespace neartile {

/// Runs a gnuplot script that writes plot.svg, and returns that. Throws InputError where gnuplot is not
/// installed or does not like the script.
std::string svg_of(const std::string& script);

/// Text that may stand between double quotes in a script.
std::string gnuplot_text(std::string text);

}  // namespace neartile
