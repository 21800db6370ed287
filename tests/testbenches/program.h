#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace neartile {

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "neartile-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

struct ProgramResult {
  int status = -1;  ///< exit status; -1: ended by a signal
  std::string output, errors;
};

/// Runs `program`, a file, in an environment without SystemC's variable.
inline ProgramResult run_file(const std::string& program, const std::vector<std::string>& arguments) {
  const TemporaryFolder folder;
  std::string line = "env -u SYSTEMC_DISABLE_COPYRIGHT_MESSAGE '" + program + "'";
  for (const std::string& argument : arguments) line += " '" + argument + "'";  // none has quotes
  line += " >'" + (folder / "out").string() + "' 2>'" + (folder / "err").string() + "' </dev/null";
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder / "out"), text_of(folder / "err")};
}

inline ProgramResult run_program(const std::vector<std::string>& arguments) {
  return run_file(NEARTILE_PROGRAM, arguments);
}

}  // namespace neartile
