#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "expression_parser.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {
namespace {

constexpr std::size_t widest = 4096;

// A decimal number of at most 64 bits.
std::optional<std::uint64_t> decimal(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (c == '_') continue;
    if (c < '0' || c > '9' || value > (~std::uint64_t{0} - 9) / 10) return {};
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::vector<bool> bits_of(std::uint64_t value, std::size_t width) {
  std::vector<bool> bits(width, false);
  for (std::size_t i = 0; i < std::min<std::size_t>(width, 64); ++i) bits[i] = value >> i & 1;
  return bits;
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c == 'x' || c == 'X' ? 0 : 99;
}

}  // namespace

Expression literal(std::string_view text, unsigned line, const Cursor& cursor) {
  Expression number;
  number.line = line;
  number.text = text;
  const auto bad = [&](const char* wanted) {
    cursor.fail(fmt::format("{} is no number that is taken here, expected {}", in_quotes(text), wanted));
  };
  const std::size_t quote = text.find('\'');
  if (quote == std::string_view::npos) {
    const auto value = decimal(text);
    if (!value || *value > 0xffffffff) bad("at most 4294967295, or a size as in 64'd0");
    number.bits = bits_of(*value, 32);
    number.is_signed = true;
    return number;
  }
  std::size_t width = 32;
  std::string_view size = text.substr(0, quote);
  while (!size.empty() && (size.back() == ' ' || size.back() == '\t')) size.remove_suffix(1);
  if (!size.empty()) {
    const auto value = decimal(size);
    if (!value || *value == 0 || *value > widest) bad("a size of 1 to 4096 bits");
    width = *value;
  }
  std::string_view rest = text.substr(quote + 1);
  if (!rest.empty() && (rest.front() == 's' || rest.front() == 'S')) {
    number.is_signed = true;
    rest.remove_prefix(1);
  }
  const char base = rest.empty() ? '\0' : static_cast<char>(rest.front() | 0x20);
  const std::size_t per_digit = base == 'b' ? 1 : base == 'o' ? 3 : base == 'h' ? 4 : 0;
  if (base != 'd' && per_digit == 0) bad("a base of b, o, d or h");
  rest.remove_prefix(1);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
  if (rest.empty() || rest.find_first_not_of('_') == std::string_view::npos) bad("digits");
  if (base == 'd') {
    const auto value = decimal(rest);
    if (!value) bad("decimal digits of at most 64 bits");
    number.bits = bits_of(*value, width);
    return number;
  }
  number.bits.assign(width, false);
  std::size_t at = 0;
  for (auto c = rest.rbegin(); c != rest.rend(); ++c) {
    if (*c == '_') continue;
    const int digit = digit_value(*c);
    if (digit >= 1 << per_digit) bad("digits of its base (z is not taken)");
    for (std::size_t bit = 0; bit < per_digit && at < width; ++bit, ++at) number.bits[at] = digit >> bit & 1;
  }
  return number;
}

}  // namespace neartile::pe::verilog
