#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace neartile {

inline std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

using testing_support::TemporaryFolder;

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
