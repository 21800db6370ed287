#include "liberty_syntax.h"

#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe {
namespace {

constexpr std::size_t deepest = 16;
constexpr std::size_t most_statements = 8'000'000;  // groups, attributes and their values

struct Token {
  enum class Kind { end, mark, word, newline } kind = Kind::end;
  std::string_view text;
  std::size_t line = 0;
};

bool is_mark(char c) {
  return std::string_view("{}();:,").find(c) != std::string_view::npos;
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

// Words, quoted texts and marks. A newline is a token too: it may end a simple attribute.
class Lexer {
 public:
  Lexer(std::string_view text, const std::string& place) : text_(text), place_(place) {}

  [[noreturn]] void fail(std::size_t line, const std::string& what) const {
    throw InputError(fmt::format("{}:{}", place_, line), what);
  }

  Token next() {
    skip_blanks();
    if (at_ == text_.size()) return {Token::Kind::end, "end of file", line_};
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      return {Token::Kind::newline, "end of line", line_++};
    }
    if (is_mark(c)) return {Token::Kind::mark, text_.substr(at_++, 1), line_};
    return c == '"' ? quoted() : word();
  }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void skip_blanks() {
    for (; at_ < text_.size(); ++at_) {
      if (starts("/*")) {
        skip_comment();
      } else if (starts("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size()) - 1;
      } else if (text_[at_] == '\\' && continues()) {
        at_ = text_.find('\n', at_);
        ++line_;
      } else if (!is_blank(text_[at_])) {
        return;
      }
    }
  }

  // A backslash continues a line if only blanks follow it there.
  bool continues() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_blank(text_[end])) ++end;
    return end < text_.size() && text_[end] == '\n';
  }

  void skip_comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) fail(line_, "comment without end, expected */");
    line_ += static_cast<std::size_t>(std::count(text_.begin() + at_, text_.begin() + end, '\n'));
    at_ = end + 1;
  }

  Token quoted() {
    const std::size_t start = at_ + 1, end = text_.find('"', start);
    if (end == std::string_view::npos) fail(line_, "text without end, expected a quote");
    const Token token{Token::Kind::word, text_.substr(start, end - start), line_};
    line_ += static_cast<std::size_t>(std::count(text_.begin() + start, text_.begin() + end, '\n'));
    at_ = end + 1;
    return token;
  }

  Token word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '\n' && text_[at_] != '"' &&
           !is_mark(text_[at_]) && !starts("/*") && !(text_[at_] == '\\' && continues()))
      ++at_;
    return {Token::Kind::word, text_.substr(start, at_ - start), line_};
  }

  std::string_view text_;
  const std::string& place_;
  std::size_t at_ = 0, line_ = 1;
};

class Parser {
 public:
  Parser(std::string_view text, const std::string& place) : lexer_(text, place) { advance(); }

  LibertyGroup top() {
    skip_newlines();
    if (token_.kind != Token::Kind::word) fail("expected library (NAME) {");
    LibertyGroup holder;
    statement(holder, 0);
    if (holder.groups.size() != 1) fail("expected library (NAME) {");
    skip_separators();
    if (token_.kind != Token::Kind::end) fail("expected the end of the file after the library");
    return std::move(holder.groups[0]);
  }

 private:
  [[noreturn]] void fail(const std::string& expected) const {
    lexer_.fail(token_.line, fmt::format("found {}, {}", in_quotes(token_.text), expected));
  }
  void advance() { token_ = lexer_.next(); }
  bool at(char mark) const { return token_.kind == Token::Kind::mark && token_.text[0] == mark; }
  void skip_newlines() {
    while (token_.kind == Token::Kind::newline) advance();
  }
  void skip_separators() {
    while (token_.kind == Token::Kind::newline || at(';')) advance();
  }
  void count() {
    if (++statements_ > most_statements)
      lexer_.fail(token_.line, fmt::format("too large, expected at most {} statements", most_statements));
  }

  // name : value ; | name (values) ; | name (arguments) { statements }
  void statement(LibertyGroup& parent, std::size_t depth) {
    if (token_.kind != Token::Kind::word) fail("expected an attribute, a group or }");
    LibertyAttribute attribute{token_.text, {}, token_.line};
    count();
    advance();
    if (at(':')) {
      simple_value(attribute);
      parent.attributes.push_back(std::move(attribute));
      return;
    }
    skip_newlines();
    if (!at('(')) fail("expected : or (");
    values(attribute);
    while (token_.kind == Token::Kind::newline) advance();
    if (at('{')) {
      group(parent, std::move(attribute), depth);
    } else {
      parent.attributes.push_back(std::move(attribute));
    }
  }

  // Words up to ; or the end of the line. Expressions of several words are joined as they stand.
  void simple_value(LibertyAttribute& attribute) {
    advance();
    std::string_view value;
    while (token_.kind == Token::Kind::word || at(',') || at('(') || at(')') || at(':')) {
      if (value.empty()) {
        value = token_.text;
      } else {
        value = {value.data(), static_cast<std::size_t>(token_.text.end() - value.begin())};
      }
      advance();
    }
    if (!at(';') && token_.kind != Token::Kind::newline && !at('}')) fail("expected ; after a value");
    attribute.values.push_back(value);
  }

  void values(LibertyAttribute& attribute) {
    advance();
    while (!at(')')) {
      if (token_.kind == Token::Kind::word) {
        count();
        attribute.values.push_back(token_.text);
      } else if (!at(',') && !at(':') && token_.kind != Token::Kind::newline) {
        fail("expected )");
      }
      advance();
    }
    advance();
  }

  void group(LibertyGroup& parent, LibertyAttribute head, std::size_t depth) {
    if (depth == deepest) fail(fmt::format("expected at most {} levels of groups", deepest));
    LibertyGroup group;
    group.kind = head.name;
    group.arguments = std::move(head.values);
    group.line = head.line;
    advance();
    for (skip_separators(); !at('}'); skip_separators()) statement(group, depth + 1);
    advance();
    parent.groups.push_back(std::move(group));
  }

  Lexer lexer_;
  Token token_;
  std::size_t statements_ = 0;
};

}  // namespace

const LibertyAttribute* LibertyGroup::find(std::string_view name) const {
  const auto found = std::find_if(attributes.rbegin(), attributes.rend(),
                                  [&](const LibertyAttribute& a) { return a.name == name; });
  return found == attributes.rend() ? nullptr : &*found;
}

std::string_view LibertyGroup::text(std::string_view name) const {
  const LibertyAttribute* attribute = find(name);
  return attribute && !attribute->values.empty() ? attribute->values[0] : std::string_view();
}

LibertyGroup parse_liberty(std::string_view text, const std::string& place) {
  return Parser(text, place).top();
}

}  // namespace neartile::pe
