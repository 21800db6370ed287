#include "text/arguments.h"

#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile {

Arguments::Arguments(const std::vector<std::string>& arguments, const std::vector<Option>& options,
                     std::string_view command) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (!word.starts_with("-")) {
      words_.push_back(word);
      continue;
    }
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto option = std::find_if(options.begin(), options.end(), [&](auto& o) { return o.name == name; });
    if (option == options.end())
      throw InputError(in_quotes(name), fmt::format("no such option, see neartile {} --help", command));
    std::string value;
    if (equals != std::string::npos)
      value = word.substr(equals + 1);
    else if (option->has_value && i + 1 < arguments.size())
      value = arguments[++i];
    if (option->has_value == value.empty())
      throw InputError(name, option->has_value ? "has no value, expected one" : "has a value, expected none");
    if (!values_.emplace(name, value).second) throw InputError(name, "is given twice, expected once");
  }
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = values_.find(std::string(option));
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

}  // namespace neartile
