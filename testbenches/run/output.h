#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace neartile {

/// Throws InputError early where `directory` cannot become a folder with files, and changes nothing.
void check_output(const std::filesystem::path& directory);

/// Writes directory/name whole or not at all: beside, then renamed. Makes the directory. Throws
/// InputError.
void write_output(const std::filesystem::path& directory, const std::string& name, const std::string& text);

/// Throws InputError early where `folder` is there and not empty, or cannot become a folder.
void check_new_folder(const std::filesystem::path& folder);
/// Writes a new folder of files, texts by name, whole or not at all: beside, then renamed.
void write_folder(const std::filesystem::path& folder, const std::map<std::string, std::string>& files);

/// The same for one file in a folder that may not be there yet; `option` is named in errors.
void check_file(const std::filesystem::path& file, const std::string& option);
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace neartile
