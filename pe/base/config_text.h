#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/base/config.h"

namespace neartile {

/// How the values of a flag are written, false first.
inline const std::vector<std::string_view> flag_words{"false", "true"};

/// "4 to 64", "at least 0": the allowed values of a number.
std::string range_text(const Field& field);
/// "a whole number 4 to 64", "a number of at least 0".
std::string expected_number(const Field& field, bool whole);
/// "one of a, b".
std::string expected_word(const std::vector<std::string_view>& words);
/// "unknown key "x", expected one of a, b".
std::string unknown_key(std::string_view key, const std::vector<std::string>& known);

inline bool in_range(const Field& field, double value) {
  return value >= field.minimum && value <= field.maximum;
}

/// The place of `value` among `words`, their number where it is none of them.
std::size_t index_of(const std::vector<std::string_view>& words, std::string_view value);

}  // namespace neartile
