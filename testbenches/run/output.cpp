#include "run/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

#include "neartile/pe/base/error.h"

namespace neartile {

namespace fs = std::filesystem;

void check_output(const fs::path& directory) {
  const std::string place = "--out " + directory.string();
  std::error_code error;
  fs::path existing = fs::absolute(directory, error);
  while (!existing.empty() && !fs::exists(existing, error) && existing.has_relative_path())
    existing = existing.parent_path();
  if (!fs::is_directory(existing, error))
    throw InputError(place, fmt::format("{} is no folder, expected one", existing.string()));
  if (access(existing.c_str(), W_OK | X_OK) != 0)
    throw InputError(place,
                     fmt::format("{} cannot be written, expected a writable folder", existing.string()));
}

void write_output(const fs::path& directory, const std::string& name, const std::string& text) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw InputError("--out " + directory.string(), "cannot be made: " + error.message());
  const fs::path whole = directory / name;
  const fs::path beside = directory / fmt::format(".{}.{}", name, getpid());
  {
    std::ofstream stream(beside, std::ios::binary);
    stream << text << std::flush;
    if (!stream) error = std::make_error_code(std::errc::io_error);
  }
  if (!error) fs::rename(beside, whole, error);
  if (!error) return;
  std::error_code ignored;
  fs::remove(beside, ignored);
  throw InputError(whole.string(), "cannot be written: " + error.message());
}

void check_new_folder(const fs::path& folder) {
  check_output(folder);
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_empty(folder, error))
    throw InputError("--out " + folder.string(), "is not empty, expected a new or empty folder");
}

void write_folder(const fs::path& folder, const std::map<std::string, std::string>& files) {
  fs::path whole = folder.lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();  // a slash at the end
  const fs::path beside = whole.parent_path() / fmt::format(".{}.{}", whole.filename().string(), getpid());
  std::error_code error;
  try {
    for (const auto& [name, text] : files) write_output(beside, name, text);
    fs::rename(beside, whole, error);
    if (error) throw InputError("--out " + folder.string(), "cannot be made: " + error.message());
  } catch (...) {
    fs::remove_all(beside, error);
    throw;
  }
}

void check_file(const fs::path& file, const std::string& option) {
  std::error_code error;
  if (!file.has_filename() || fs::is_directory(file, error))
    throw InputError(option + " " + file.string(), "is a folder, expected a file");
  check_output(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

void write_file(const fs::path& file, const std::string& text) {
  write_output(file.has_parent_path() ? file.parent_path() : fs::path("."), file.filename().string(), text);
}

}  // namespace neartile
