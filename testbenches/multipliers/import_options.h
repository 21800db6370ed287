#pragma once

#include <vector>

#include "multipliers/source.h"
#include "text/arguments.h"

namespace neartile::multipliers {

/// A command's own options, and those that say how files of circuits and tables are to be read.
std::vector<Arguments::Option> with_import_options(std::vector<Arguments::Option> own);

/// What these options say. Throws InputError for bad values, and for options that are about none of the
/// files among the words; `own_format` where --format is the command's own and not about files.
ImportSettings import_settings(const Arguments& given, bool own_format = false);

}  // namespace neartile::multipliers
