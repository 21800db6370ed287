#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace neartile {

/// How a program ended, and the end of what it printed.
struct ChildResult {
  bool started = false;    ///< false: there is no such program
  bool timed_out = false;  ///< it was ended, and all that it had started
  int status = -1;         ///< exit status; -1: ended by a signal
  std::string output;      ///< of both streams, the last 64 KiB
};

/// Runs `words[0]`, found along PATH, without a shell, with nothing to read, in `folder`.
ChildResult run_child(const std::vector<std::string>& words, std::chrono::seconds limit,
                      const std::string& folder = ".");

/// A new folder for files that a program is to read or write; gone with the object.
class ScratchFolder {
 public:
  /// Throws InputError where none can be made.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  /// Writes a file and gives its path; throws InputError.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::string path_;
};

}  // namespace neartile
