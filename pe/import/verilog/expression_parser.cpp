#include "expression_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace neartile::pe::verilog {
namespace {

struct Operator {
  std::string_view symbol;
  unsigned strength;
};
constexpr std::array<Operator, 25> operators{
    {{"||", 1},  {"&&", 2},  {"|", 3}, {"^", 4},  {"~^", 4}, {"^~", 4}, {"&", 5},  {"==", 6}, {"!=", 6},
     {"===", 6}, {"!==", 6}, {"<", 7}, {"<=", 7}, {">", 7},  {">=", 7}, {"<<", 8}, {">>", 8}, {"<<<", 8},
     {">>>", 8}, {"+", 9},   {"-", 9}, {"*", 10}, {"/", 10}, {"%", 10}, {"**", 11}}};
constexpr std::array<std::string_view, 11> unary_symbols{"~", "!",  "-",  "+",  "&", "|",
                                                         "^", "~&", "~|", "~^", "^~"};

unsigned strength_of(const Token& token) {
  if (token.kind != TokenKind::symbol) return 0;
  for (const Operator& known : operators) {
    if (known.symbol == token.text) return known.strength;
  }
  return 0;
}

// Counts one level of nesting as long as it lives.
class Level {
 public:
  Level(unsigned& level, const Cursor& cursor) : level_(level) {
    if (level_ == ExpressionParser::deepest_nesting) {
      cursor.fail(fmt::format("expression nested more than {} deep", ExpressionParser::deepest_nesting));
    }
    ++level_;
  }
  ~Level() { --level_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  unsigned& level_;
};

}  // namespace

ExpressionId ExpressionParser::add(ExpressionKind kind, unsigned line, std::string_view text,
                                   std::vector<ExpressionId> children) {
  Expression made;
  made.kind = kind;
  made.line = line;
  made.text = text;
  for (const ExpressionId child : children) {
    made.depth = std::max(made.depth, source_.expressions[child].depth + 1);
  }
  if (made.depth > deepest_tree) {
    cursor_.fail(fmt::format("expression of more than {} operators in a row", deepest_tree));
  }
  made.children = std::move(children);
  source_.expressions.push_back(std::move(made));
  return static_cast<ExpressionId>(source_.expressions.size() - 1);
}

ExpressionId ExpressionParser::expression() {
  const Level level(nesting_, cursor_);
  const ExpressionId condition = binary(1);
  if (!cursor_.sees("?")) return condition;
  const unsigned line = cursor_.take().line;
  const ExpressionId high = expression();
  cursor_.expect(":");
  return add(ExpressionKind::conditional, line, "?:", {condition, high, expression()});
}

// Precedence climbing: operators of one strength group from the left.
ExpressionId ExpressionParser::binary(unsigned lowest) {
  ExpressionId left = unary();
  for (unsigned strength = strength_of(cursor_.peek()); strength >= lowest && strength != 0;
       strength = strength_of(cursor_.peek())) {
    const Token& symbol = cursor_.take();
    left = add(ExpressionKind::binary, symbol.line, symbol.text, {left, binary(strength + 1)});
  }
  return left;
}

ExpressionId ExpressionParser::unary() {
  const Token& token = cursor_.peek();
  const bool is_operator =
      token.kind == TokenKind::symbol &&
      std::find(unary_symbols.begin(), unary_symbols.end(), token.text) != unary_symbols.end();
  if (!is_operator) return primary();
  const Level level(nesting_, cursor_);
  cursor_.take();
  return add(ExpressionKind::unary, token.line, token.text, {unary()});
}

ExpressionId ExpressionParser::primary() {
  const Token& token = cursor_.peek();
  if (token.kind == TokenKind::number) {
    source_.expressions.push_back(literal(token.text, token.line, cursor_));
    cursor_.take();
    return static_cast<ExpressionId>(source_.expressions.size() - 1);
  }
  if (token.kind == TokenKind::system) return call();
  if (cursor_.sees_name()) return name_or_select();
  if (cursor_.sees("{")) return braces();
  if (!cursor_.accept("(")) cursor_.unexpected("a name, a number, '(' or '{'");
  const ExpressionId inner = expression();
  cursor_.expect(")");
  return inner;
}

ExpressionId ExpressionParser::name_or_select() {
  const Token& token = cursor_.take();
  if (cursor_.sees(".")) cursor_.fail("a name of another module's inside, expected a name of this module");
  if (cursor_.sees("(")) cursor_.fail("a function is called, expected operators and instances only");
  if (!cursor_.accept("[")) return add(ExpressionKind::name, token.line, token.text, {});
  const ExpressionId first = expression();
  for (const std::string_view symbol : {":", "+:", "-:"}) {
    if (!cursor_.accept(symbol)) continue;
    const ExpressionId second = expression();
    cursor_.expect("]");
    const ExpressionId made = add(ExpressionKind::part_select, token.line, token.text, {first, second});
    source_.expressions[made].part = symbol.front();
    return made;
  }
  cursor_.expect("]");
  if (cursor_.sees("[")) cursor_.fail("a second index, expected vectors only");
  return add(ExpressionKind::select, token.line, token.text, {first});
}

ExpressionId ExpressionParser::braces() {
  const unsigned line = cursor_.take().line;
  std::vector<ExpressionId> items{expression()};
  if (cursor_.accept("{")) {
    do {
      items.push_back(expression());
    } while (cursor_.accept(","));
    cursor_.expect("}");
    cursor_.expect("}");
    return add(ExpressionKind::replication, line, "{{}}", std::move(items));
  }
  while (cursor_.accept(",")) items.push_back(expression());
  cursor_.expect("}");
  return add(ExpressionKind::concatenation, line, "{}", std::move(items));
}

ExpressionId ExpressionParser::call() {
  const Token& token = cursor_.peek();
  if (token.text != "$signed" && token.text != "$unsigned") cursor_.unexpected("$signed or $unsigned");
  cursor_.take();
  cursor_.expect("(");
  const ExpressionId inner = expression();
  cursor_.expect(")");
  const ExpressionId made = add(ExpressionKind::signedness, token.line, token.text, {inner});
  source_.expressions[made].is_signed = token.text == "$signed";
  return made;
}

Range ExpressionParser::range() {
  Range range;
  if (!cursor_.accept("[")) return range;
  range.msb = expression();
  cursor_.expect(":");
  range.lsb = expression();
  cursor_.expect("]");
  return range;
}

}  // namespace neartile::pe::verilog
