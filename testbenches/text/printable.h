#pragma once

#include <string>
#include <string_view>

namespace neartile {

/// Foreign text for a terminal: one line, bytes that are no printable ASCII as "?".
std::string printable(std::string_view text);

/// The same, at most `width` characters; what is too long loses its middle.
std::string fitted(std::string_view text, std::size_t width);

}  // namespace neartile
