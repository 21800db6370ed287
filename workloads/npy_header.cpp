#include "npy_header.h"

#include <fmt/format.h>

#include <charconv>

#include "neartile/pe/base/error.h"

namespace neartile::workloads {
namespace {

/// Reads the small part of Python's literals that NumPy writes; it evaluates nothing.
class Parser {
 public:
  Parser(std::string_view text, const std::string& place) : text_(text), place_(place) {}

  NpyHeader parse() {
    NpyHeader header;
    bool seen[3] = {false, false, false};
    expect('{');
    while (!take('}')) {
      const std::string key = quoted_string();
      expect(':');
      const int which = key == "descr" ? 0 : key == "fortran_order" ? 1 : key == "shape" ? 2 : 3;
      if (which == 3 || seen[which]) fail("a key other than descr, fortran_order, shape, once each");
      seen[which] = true;
      if (which == 0) header.descr = quoted_string();
      if (which == 1) header.fortran_order = boolean();
      if (which == 2) header.shape = tuple();
      if (take(',')) continue;
      expect('}');
      break;
    }
    skip_space();
    if (at_ != text_.size()) fail("text after its dictionary");
    if (!seen[0] || !seen[1] || !seen[2]) fail("no descr, fortran_order or shape");
    return header;
  }

 private:
  [[noreturn]] void fail(const std::string& found) const {
    throw InputError(place_, fmt::format("bad header at byte {}: {}", at_, found));
  }
  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) fail(fmt::format("expected '{}'", c));
  }
  std::string quoted_string() {
    skip_space();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '\'' && quote != '"') fail("expected a string (structured types are not supported)");
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos || end - at_ > 32) fail("expected a short string");
    const std::string value(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return value;
  }
  bool boolean() {
    skip_space();
    for (const bool value : {false, true}) {
      const std::string_view word = value ? "True" : "False";
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      return value;
    }
    fail("expected True or False");
  }
  std::vector<std::size_t> tuple() {
    std::vector<std::size_t> sizes;
    expect('(');
    while (!take(')')) {
      skip_space();
      std::size_t value = 0;
      const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
      if (error != std::errc{} || sizes.size() == 32) fail("expected a size, at most 32 of them");
      at_ = static_cast<std::size_t>(end - text_.data());
      sizes.push_back(value);
      if (take(',')) continue;
      expect(')');
      break;
    }
    return sizes;
  }

  std::string_view text_;
  const std::string& place_;
  std::size_t at_ = 0;
};

}  // namespace

NpyHeader parse_npy_header(std::string_view text, const std::string& place) {
  return Parser(text, place).parse();
}

}  // namespace neartile::workloads
