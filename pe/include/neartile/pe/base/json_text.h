#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace neartile {

/// Reads a text file of at most `limit` bytes. Throws InputError.
std::string read_text_file(const std::filesystem::path& file, std::size_t limit = std::size_t{4} << 20);

/// Throws InputError "place:line:column: .." unless `text` is one JSON value without comments, duplicate
/// keys, numbers out of double's range or more than 32 levels of nesting.
void check_json(std::string_view text, const std::string& place);

/// Foreign text for an error line: in quotes, printable, cut to 40 characters.
std::string in_quotes(std::string_view text);

}  // namespace neartile
