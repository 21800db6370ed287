#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neartile::pe::verilog {

enum class TokenKind : unsigned char { identifier, escaped, number, system, text, symbol, end };

/// A piece of the source; `text` points into it. Of an escaped identifier without its backslash.
struct Token {
  TokenKind kind = TokenKind::end;
  unsigned line = 1;
  std::string_view text;
};

/// Cuts a source into tokens; the last one is `end`. Comments, attributes and directives that change
/// nothing are left out. Throws InputError.
std::vector<Token> tokens_of(std::string_view source, const std::string& place);

}  // namespace neartile::pe::verilog
