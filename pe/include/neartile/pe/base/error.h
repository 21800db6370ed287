#pragma once

#include <stdexcept>
#include <string>

namespace neartile {

/// Bad input from a file, the command line or a configuration. what() is one line that says the
/// place and what was expected there; programs print it and exit with status 1.
class InputError : public std::runtime_error {
 public:
  explicit InputError(const std::string& line) : std::runtime_error(line) {}
  /// The same with the place in front: "place: line".
  InputError(const std::string& place, const std::string& line) : InputError(place + ": " + line) {}
};

}  // namespace neartile
