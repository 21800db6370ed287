#include "lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {
namespace {

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_tokens = 4'000'000;
constexpr std::size_t longest_name = 1024;

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool in_name(char c) {
  return starts_name(c) || is_digit(c) || c == '$';
}

// Longest first.
constexpr std::array<std::string_view, 26> long_symbols{
    "<<<", ">>>", "===", "!==", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "~^",
    "^~",  "~&",  "~|",  "**",  "+:", "-:", "->", "?",  ":",  "#",  "@",  ";",  ","};

// Directives that do not change what a structural file means.
constexpr std::array<std::string_view, 11> harmless{
    "timescale", "default_nettype", "celldefine", "endcelldefine",  "resetall",    "line",
    "pragma",    "undef",           "define",     "begin_keywords", "end_keywords"};

class Lexer {
 public:
  Lexer(std::string_view source, const std::string& place) : source_(source), place_(place) {}

  std::vector<Token> run() {
    while (skip_blank(), at_ < source_.size()) {
      if (tokens_.size() >= most_tokens) fail(fmt::format("more than {} words and symbols", most_tokens));
      next();
    }
    tokens_.push_back({TokenKind::end, line_, {}});
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  void step() {
    if (source_[at_++] == '\n') ++line_;
  }
  [[noreturn]] void fail(const std::string& text) const {
    throw InputError(fmt::format("{}:{}", place_, line_), text);
  }

  template <class Condition>
  std::string_view take_while(Condition condition) {
    const std::size_t begin = at_;
    while (at_ < source_.size() && condition(source_[at_])) ++at_;
    return source_.substr(begin, at_ - begin);
  }

  void skip_to_end_of_line() {
    while (at_ < source_.size() && peek() != '\n') {
      const bool continued = peek() == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'));
      step();
      while (continued && peek() != '\n') step();
      if (continued) step();
    }
  }

  void skip_between(std::string_view opening, std::string_view closing, const char* what) {
    const std::size_t end = source_.find(closing, at_ + opening.size());
    if (end == std::string_view::npos) fail(fmt::format("{} without end, expected '{}'", what, closing));
    while (at_ < end + closing.size()) step();
  }

  void skip_blank() {
    while (at_ < source_.size()) {
      if (is_space(peek())) {
        step();
      } else if (peek() == '/' && peek(1) == '/') {
        while (at_ < source_.size() && peek() != '\n') ++at_;
      } else if (peek() == '/' && peek(1) == '*') {
        skip_between("/*", "*/", "comment");
      } else if (peek() == '(' && peek(1) == '*' && peek(2) != ')') {
        skip_between("(*", "*)", "attribute");
      } else if (peek() == '`') {
        directive();
      } else {
        return;
      }
    }
  }

  void directive() {
    ++at_;
    const std::string_view name = take_while(in_name);
    if (std::find(harmless.begin(), harmless.end(), name) == harmless.end()) {
      fail(fmt::format("directive or macro `{} is not taken, expected a preprocessed file",
                       name.substr(0, 40)));
    }
    skip_to_end_of_line();
  }

  void emit(TokenKind kind, std::string_view text) {
    if (text.size() > longest_name && kind != TokenKind::number) {
      fail(fmt::format("a name of {} characters, expected at most {}", text.size(), longest_name));
    }
    tokens_.push_back({kind, line_, text});
  }

  void next() {
    const char c = peek();
    if (starts_name(c)) return emit(TokenKind::identifier, take_while(in_name));
    if (is_digit(c) || c == '\'') return number();
    if (c == '$') {
      return emit(TokenKind::system, take_while(in_name));
    }
    if (c == '\\') {
      ++at_;
      const std::string_view name = take_while([](char x) { return !is_space(x); });
      if (name.empty()) fail("'\\' without a name");
      return emit(TokenKind::escaped, name);
    }
    if (c == '"') return text();
    for (const std::string_view symbol : long_symbols) {
      if (source_.substr(at_, symbol.size()) != symbol) continue;
      at_ += symbol.size();
      return emit(TokenKind::symbol, symbol);
    }
    if (std::string_view("()[]{}.=+-*/%&|^~!<>").find(c) == std::string_view::npos) {
      fail(fmt::format("unexpected character {}", in_quotes(source_.substr(at_, 1))));
    }
    emit(TokenKind::symbol, source_.substr(at_, 1));
    ++at_;
  }

  void text() {
    const std::size_t begin = ++at_;
    while (at_ < source_.size() && peek() != '"' && peek() != '\n') at_ += peek() == '\\' ? 2 : 1;
    if (at_ >= source_.size() || peek() != '"') fail("text without end, expected '\"'");
    emit(TokenKind::text, source_.substr(begin, at_ - begin));
    ++at_;
  }

  // "12", "'b01" or "4 'sh f": one token from the size to the last digit.
  void number() {
    const std::size_t begin = at_;
    take_while([](char c) { return is_digit(c) || c == '_'; });
    std::size_t end = at_;
    take_while([](char c) { return c == ' ' || c == '\t'; });
    if (peek() == '\'') {
      ++at_;
      if (peek() == 's' || peek() == 'S') ++at_;
      if (at_ < source_.size()) ++at_;
      take_while([](char c) { return c == ' ' || c == '\t'; });
      take_while([](char c) { return in_name(c) || c == '?'; });
      end = at_;
    } else if (peek() == '.' && is_digit(peek(1)) && at_ == end) {
      fail("a real number, expected an integer");
    }
    at_ = end;
    emit(TokenKind::number, source_.substr(begin, end - begin));
  }

  std::string_view source_;
  const std::string& place_;
  std::size_t at_ = 0;
  unsigned line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view source, const std::string& place) {
  if (source.size() > most_bytes) {
    throw InputError(place, fmt::format("is {} bytes long, expected at most {}", source.size(), most_bytes));
  }
  return Lexer(source, place).run();
}

}  // namespace neartile::pe::verilog
