#pragma once

#include <filesystem>
#include <string>

namespace neartile {

/// Throws InputError early where `directory` cannot become a folder with files, and changes nothing.
void check_output(const std::filesystem::path& directory);

/// Writes directory/name whole or not at all: beside, then renamed. Makes the directory. Throws
/// InputError.
void write_output(const std::filesystem::path& directory, const std::string& name, const std::string& text);

/// The same for one file in a folder that may not be there yet; `option` is named in errors.
void check_file(const std::filesystem::path& file, const std::string& option);
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace neartile
