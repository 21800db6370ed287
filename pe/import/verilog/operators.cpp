#include <fmt/format.h>

#include "evaluator.h"

namespace neartile::pe::verilog {
namespace {

Wiring::Bits constant_bits(std::int64_t value, std::size_t width) {
  Wiring::Bits bits(width);
  for (std::size_t i = 0; i < width; ++i)
    bits[i] = (value >> (i < 63 ? i : 63) & 1) ? Wiring::one : Wiring::zero;
  return bits;
}

// a to the power of b as far as it fits 62 bits.
std::optional<std::int64_t> power(std::int64_t a, std::int64_t b) {
  if (b < 0 || b > 62) return {};
  std::int64_t result = 1;
  for (std::int64_t i = 0; i < b; ++i) {
    if (__builtin_mul_overflow(result, a, &result)) return {};
  }
  return result;
}

}  // namespace

Wiring::Bits Evaluator::unary(const Scope& scope, const Expression& node, std::size_t width, bool is_signed) {
  const std::string_view symbol = node.text;
  Logic logic(wiring_, node.line);
  if (symbol == "~" || symbol == "-" || symbol == "+") {
    Bits bits = build(scope, node.children[0], width, is_signed);
    if (symbol == "-") return logic.subtract(Bits(width, Wiring::zero), bits);
    if (symbol == "~") {
      for (Net& bit : bits) bit = logic.invert(bit);
    }
    return bits;
  }
  const Bits bits = own(scope, node.children[0]);
  Net result;
  if (symbol == "&" || symbol == "~&") {
    result = logic.all(bits);
  } else if (symbol == "^" || symbol == "~^" || symbol == "^~") {
    result = logic.parity(bits);
  } else {
    result = logic.any(bits);
  }
  if (symbol == "!" || symbol.size() == 2) result = logic.invert(result);
  return extended({result}, width, false);
}

Wiring::Bits Evaluator::binary(const Scope& scope, const Expression& node, std::size_t width,
                               bool is_signed) {
  const std::string_view symbol = node.text;
  if (symbol == "&&" || symbol == "||") {
    Logic logic(wiring_, node.line);
    const Net a = logic.any(own(scope, node.children[0])), b = logic.any(own(scope, node.children[1]));
    return extended({symbol == "&&" ? logic.both(a, b) : logic.either(a, b)}, width, false);
  }
  if (symbol.substr(0, 2) == "<<" || symbol.substr(0, 2) == ">>") {
    return shifted(scope, node, width, is_signed);
  }
  const bool compares = symbol[0] == '<' || symbol[0] == '>' || symbol[0] == '=' || symbol[0] == '!';
  if (compares) return extended({comparison(scope, node)}, width, false);
  return operation(scope, node, width, is_signed);
}

Wiring::Bits Evaluator::operation(const Scope& scope, const Expression& node, std::size_t width,
                                  bool is_signed) {
  const Bits a = build(scope, node.children[0], width, is_signed);
  const Bits b =
      node.text == "**" ? own(scope, node.children[1]) : build(scope, node.children[1], width, is_signed);
  Logic logic(wiring_, node.line);
  switch (node.text[0]) {
    case '+':
      return logic.add(a, b);
    case '-':
      return logic.subtract(a, b);
    case '*':
      if (node.text.size() == 2) return divided(node, a, b, is_signed);
      budget_.spend(width * width, node.line);
      return logic.multiply(a, b);
    case '/':
    case '%':
      return divided(node, a, b, is_signed);
    default:
      return bitwise(node, a, b);
  }
}

Wiring::Bits Evaluator::bitwise(const Expression& node, const Bits& a, const Bits& b) {
  Logic logic(wiring_, node.line);
  Bits bits(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (node.text == "&") {
      bits[i] = logic.both(a[i], b[i]);
    } else if (node.text == "|") {
      bits[i] = logic.either(a[i], b[i]);
    } else if (node.text == "^") {
      bits[i] = logic.differ(a[i], b[i]);
    } else {
      bits[i] = logic.same(a[i], b[i]);
    }
  }
  return bits;
}

// Quotient, remainder and power are taken of constants only.
Wiring::Bits Evaluator::divided(const Expression& node, const Bits& a, const Bits& b, bool is_signed) const {
  const auto x = number_of(a, is_signed), y = number_of(b, is_signed);
  if (!x || !y) {
    wiring_.fail(node.line, fmt::format("'{}' of wires, expected constants of at most 62 bits", node.text));
  }
  if (node.text == "**") {
    const auto result = power(*x, *y);
    if (!result) wiring_.fail(node.line, "a power out of range, expected one of at most 62 bits");
    return constant_bits(*result, a.size());
  }
  if (*y == 0) wiring_.fail(node.line, "a division by 0");
  return constant_bits(node.text == "/" ? *x / *y : *x % *y, a.size());
}

Wiring::Bits Evaluator::shifted(const Scope& scope, const Expression& node, std::size_t width,
                                bool is_signed) {
  Bits bits = build(scope, node.children[0], width, is_signed);
  const Bits distance = own(scope, node.children[1]);
  budget_.spend(width * distance.size(), node.line);
  const Net fill = node.text == ">>>" && is_signed ? bits.back() : Wiring::zero;
  return Logic(wiring_, node.line).shift(std::move(bits), distance, node.text[0] == '<', fill);
}

Wiring::Net Evaluator::comparison(const Scope& scope, const Expression& node) {
  const Shape &left = shapes_[node.children[0]], &right = shapes_[node.children[1]];
  const std::size_t width = std::max(left.width, right.width);
  const bool is_signed = left.is_signed && right.is_signed;
  const Bits a = build(scope, node.children[0], width, is_signed);
  const Bits b = build(scope, node.children[1], width, is_signed);
  Logic logic(wiring_, node.line);
  if (node.text == "<") return logic.less(a, b, is_signed);
  if (node.text == ">") return logic.less(b, a, is_signed);
  if (node.text == "<=") return logic.invert(logic.less(b, a, is_signed));
  if (node.text == ">=") return logic.invert(logic.less(a, b, is_signed));
  const Net equal = logic.equal(a, b);
  return node.text[0] == '=' ? equal : logic.invert(equal);
}

}  // namespace neartile::pe::verilog
