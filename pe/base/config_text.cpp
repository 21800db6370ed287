#include "base/config_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "neartile/pe/base/json_text.h"

namespace neartile {
namespace {

constexpr double no_maximum = 1e18;

// Bounds are written as people write them: 1048576, not 1.048576e+06.
std::string bound(double value) {
  return value == static_cast<double>(static_cast<std::int64_t>(value)) ? fmt::format("{:.0f}", value)
                                                                        : fmt::format("{}", value);
}

}  // namespace

std::string range_text(const Field& field) {
  if (field.maximum >= no_maximum) return fmt::format("at least {}", bound(field.minimum));
  return fmt::format("{} to {}", bound(field.minimum), bound(field.maximum));
}

std::string expected_number(const Field& field, bool whole) {
  return fmt::format("a {}number, {}", whole ? "whole " : "", range_text(field));
}

std::string expected_word(const std::vector<std::string_view>& words) {
  return fmt::format("one of {}", fmt::join(words, ", "));
}

std::string unknown_key(std::string_view key, const std::vector<std::string>& known) {
  return fmt::format("unknown key {}, expected one of {}", in_quotes(key), fmt::join(known, ", "));
}

std::size_t index_of(const std::vector<std::string_view>& words, std::string_view value) {
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), value) - words.begin());
}

}  // namespace neartile
