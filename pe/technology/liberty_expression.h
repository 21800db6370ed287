#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/netlist.h"

namespace neartile::pe {

/// Liberty's boolean expressions (! ' & * | + ^ 0 1, blanks for and) over the pins named, at most six, as a
/// table. Throws InputError "place: .." for unknown names and bad syntax.
CellFunction parse_liberty_expression(std::string_view text, const std::vector<std::string>& pins,
                                      const std::string& place);

/// The names that an expression mentions, each once, in order.
std::vector<std::string> names_in_expression(std::string_view text);

}  // namespace neartile::pe
