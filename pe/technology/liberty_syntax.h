#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace neartile::pe {

/// `name : value;` or `name (value, ..);`. Texts stand without their quotes.
struct LibertyAttribute {
  std::string_view name;
  std::vector<std::string_view> values;
  std::size_t line = 0;
};

/// `kind (arguments) { .. }`. Names and values are parts of the text that was parsed.
struct LibertyGroup {
  std::string_view kind;
  std::vector<std::string_view> arguments;
  std::size_t line = 0;
  std::vector<LibertyAttribute> attributes;
  std::vector<LibertyGroup> groups;

  /// The last attribute of that name, or null.
  const LibertyAttribute* find(std::string_view name) const;
  /// The first value of that attribute, empty where there is none.
  std::string_view text(std::string_view name) const;
  /// The first argument, or empty.
  std::string_view argument() const { return arguments.empty() ? std::string_view() : arguments[0]; }
};

/// Parses a Liberty text, one top group; `text` must outlive the result. Throws InputError "place:line: ..".
LibertyGroup parse_liberty(std::string_view text, const std::string& place);

}  // namespace neartile::pe
