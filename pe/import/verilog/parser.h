#pragma once

#include "syntax.h"

namespace neartile::pe::verilog {

/// Reads the modules of a file; names in the result point into `text`. Throws InputError.
Source parse(std::string_view text, const std::string& place);

}  // namespace neartile::pe::verilog
