#pragma once

#include "cursor.h"
#include "syntax.h"

namespace neartile::pe::verilog {

/// Reads expressions into a source. Throws InputError, also for what nests too deeply.
class ExpressionParser {
 public:
  ExpressionParser(Cursor& cursor, Source& source) : cursor_(cursor), source_(source) {}

  ExpressionId expression();
  /// A name, a select or a concatenation: what can be assigned to.
  ExpressionId primary();
  /// "[msb:lsb]" where there is one.
  Range range();

  static constexpr unsigned deepest_nesting = 200;  ///< of parentheses, braces and operators before operands
  static constexpr unsigned deepest_tree = 1000;    ///< of operators in a row

 private:
  ExpressionId binary(unsigned lowest);
  ExpressionId unary();
  ExpressionId name_or_select();
  ExpressionId braces();
  ExpressionId call();
  ExpressionId add(ExpressionKind kind, unsigned line, std::string_view text,
                   std::vector<ExpressionId> children);

  Cursor& cursor_;
  Source& source_;
  unsigned nesting_ = 0;
};

/// The value of a literal such as 12, 8'hff or 'sb1; x counts as 0. Throws InputError.
Expression literal(std::string_view text, unsigned line, const Cursor& cursor);

}  // namespace neartile::pe::verilog
