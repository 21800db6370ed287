#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace neartile {

/// The words of a command line, sorted: what stands alone, and the options with their values.
class Arguments {
 public:
  /// An option and whether a value follows it ("--out DIR", "--out=DIR").
  struct Option {
    std::string_view name;
    bool has_value = true;
  };
  /// Throws InputError for other options, missing and repeated values; `command` is for "see .. --help".
  Arguments(const std::vector<std::string>& arguments, const std::vector<Option>& options,
            std::string_view command);

  const std::vector<std::string>& words() const { return words_; }
  bool has(std::string_view option) const { return values_.count(std::string(option)) > 0; }
  std::optional<std::string> value(std::string_view option) const;

 private:
  std::vector<std::string> words_;
  std::map<std::string, std::string> values_;
};

}  // namespace neartile
