#pragma once

#include <string>
#include <string_view>

#include "lexer.h"

namespace neartile::pe::verilog {

/// Where a parser stands in the tokens. The last token is never passed.
class Cursor {
 public:
  Cursor(const std::vector<Token>& tokens, const std::string& place) : tokens_(tokens), place_(place) {}

  const Token& peek() const { return tokens_[at_]; }
  const Token& take() { return peek().kind == TokenKind::end ? tokens_[at_] : tokens_[at_++]; }
  bool at_end() const { return peek().kind == TokenKind::end; }
  unsigned line() const { return peek().line; }

  bool sees(std::string_view symbol) const { return is(TokenKind::symbol, symbol); }
  bool sees_word(std::string_view word) const { return is(TokenKind::identifier, word); }
  bool accept(std::string_view symbol);
  bool accept_word(std::string_view word);
  void expect(std::string_view symbol);
  bool sees_name() const;
  /// An identifier that is no keyword; `what` is what it names.
  std::string_view name(std::string_view what);

  /// Throws "place:line: text" of the token here.
  [[noreturn]] void fail(const std::string& text) const;
  /// "found X, expected `wanted`".
  [[noreturn]] void unexpected(std::string_view wanted) const;

 private:
  bool is(TokenKind kind, std::string_view text) const { return peek().kind == kind && peek().text == text; }

  const std::vector<Token>& tokens_;
  const std::string& place_;
  std::size_t at_ = 0;
};

}  // namespace neartile::pe::verilog
