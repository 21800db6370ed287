#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace neartile::pe {

/// How a PE reads its two 8-bit operands, activation first.
enum class Format : std::uint8_t { u8s8, s8s8 };

inline const std::vector<std::string_view> format_words{"u8s8", "s8s8"};

inline std::string_view to_string(Format format) {
  return format_words[static_cast<std::size_t>(format)];
}

/// The integer that an activation pattern stands for.
constexpr int activation_value(Format format, std::uint8_t pattern) {
  return format == Format::u8s8 ? int{pattern} : int{static_cast<std::int8_t>(pattern)};
}

/// The integer that a weight pattern stands for: two's complement in every format.
constexpr int weight_value(std::uint8_t pattern) {
  return static_cast<std::int8_t>(pattern);
}

}  // namespace neartile::pe
