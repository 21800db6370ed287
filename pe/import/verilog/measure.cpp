#include <fmt/format.h>

#include <algorithm>

#include "evaluator.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {
namespace {

bool is_one_of(std::string_view symbol, std::initializer_list<std::string_view> set) {
  return std::find(set.begin(), set.end(), symbol) != set.end();
}

}  // namespace

Evaluator::Shape Evaluator::measure(const Scope& scope, ExpressionId id) {
  const Expression& node = at(id);
  budget_.spend(1, node.line);
  const Shape shape = measure_node(scope, id);
  if (shape.width > widest_vector) {
    wiring_.fail(node.line,
                 fmt::format("an expression of {} bits, expected at most {}", shape.width, widest_vector));
  }
  return shapes_[id] = shape;
}

Evaluator::Shape Evaluator::measure_node(const Scope& scope, ExpressionId id) {
  const Expression& node = at(id);
  switch (node.kind) {
    case ExpressionKind::number:
      return {node.bits.size(), node.is_signed, 0};
    case ExpressionKind::name:
      return measure_name(scope, node);
    case ExpressionKind::select:
    case ExpressionKind::part_select:
      return measure_select(scope, node);
    case ExpressionKind::concatenation:
    case ExpressionKind::replication:
      return measure_joined(scope, node);
    default:
      for (const ExpressionId child : node.children) measure(scope, child);
      return measure_operator(node);
  }
}

const Signal& Evaluator::signal(const Scope& scope, const Expression& node) const {
  const auto found = scope.signals.find(node.text);
  if (found == scope.signals.end()) {
    wiring_.fail(node.line, fmt::format("{} is not declared in module {}", in_quotes(node.text),
                                        in_quotes(scope.module->name)));
  }
  return found->second;
}

Evaluator::Shape Evaluator::measure_name(const Scope& scope, const Expression& node) const {
  const auto constant = scope.constants.find(node.text);
  if (constant != scope.constants.end()) {
    return {constant->second.bits.size(), constant->second.is_signed, 0};
  }
  const Signal& named = signal(scope, node);
  return {named.bits.size(), named.is_signed, 0};
}

Evaluator::Shape Evaluator::measure_select(const Scope& scope, const Expression& node) {
  const auto constant = scope.constants.find(node.text);
  Signal whole;
  if (constant != scope.constants.end()) {
    whole.bits = constant->second.bits;
    whole.msb = static_cast<std::int64_t>(whole.bits.size()) - 1;
    whole.is_vector = true;
  }
  const Signal& named = constant != scope.constants.end() ? whole : signal(scope, node);
  if (!named.is_vector) {
    wiring_.fail(node.line, fmt::format("{} is indexed, but it is one wire", in_quotes(node.text)));
  }
  const std::int64_t a = number(scope, node.children[0]);
  std::int64_t high = a, low = a;
  if (node.kind == ExpressionKind::part_select) {
    const std::int64_t b = number(scope, node.children[1]);
    if (node.part == ':') {
      low = b;
    } else {
      if (b < 1 || b > static_cast<std::int64_t>(widest_vector)) {
        wiring_.fail(node.line, fmt::format("a part of {} bits, expected 1 to {}", b, widest_vector));
      }
      const std::int64_t other = node.part == '+' ? a + b - 1 : a - b + 1;
      const bool descending = named.msb >= named.lsb;
      high = descending == (a > other) ? a : other;
      low = high == a ? other : a;
    }
  }
  const auto top = named.position(high), bottom = named.position(low);
  if (!top || !bottom || *top < *bottom) {
    const std::string what =
        high == low ? fmt::format("{}[{}]", node.text, a) : fmt::format("{}[{}:{}]", node.text, high, low);
    wiring_.fail(node.line, fmt::format("{} is outside of its range, expected [{}:{}]", in_quotes(what),
                                        named.msb, named.lsb));
  }
  return {*top - *bottom + 1, false, *bottom};
}

Evaluator::Shape Evaluator::measure_operator(const Expression& node) const {
  const Shape& first = shapes_[node.children[0]];
  switch (node.kind) {
    case ExpressionKind::signedness:
      return {first.width, node.is_signed, 0};
    case ExpressionKind::conditional: {
      const Shape &high = shapes_[node.children[1]], &low = shapes_[node.children[2]];
      return {std::max(high.width, low.width), high.is_signed && low.is_signed, 0};
    }
    case ExpressionKind::unary:
      if (is_one_of(node.text, {"~", "-", "+"})) return {first.width, first.is_signed, 0};
      return {1, false, 0};
    default:
      break;
  }
  const Shape& second = shapes_[node.children[1]];
  if (is_one_of(node.text, {"<<", ">>", "<<<", ">>>", "**"})) return {first.width, first.is_signed, 0};
  if (is_one_of(node.text, {"+", "-", "*", "/", "%", "&", "|", "^", "~^", "^~"})) {
    return {std::max(first.width, second.width), first.is_signed && second.is_signed, 0};
  }
  return {1, false, 0};
}

Evaluator::Shape Evaluator::measure_joined(const Scope& scope, const Expression& node) {
  const bool replicated = node.kind == ExpressionKind::replication;
  std::size_t width = 0;
  for (std::size_t i = replicated ? 1 : 0; i < node.children.size(); ++i) {
    const ExpressionId child = node.children[i];
    width += measure(scope, child).width;
  }
  if (!replicated) return {width, false, 0};
  const std::int64_t times = number(scope, node.children[0]);
  if (times < 1 || times > static_cast<std::int64_t>(widest_vector)) {
    wiring_.fail(node.line, fmt::format("a replication {} times, expected 1 to {}", times, widest_vector));
  }
  return {width * static_cast<std::size_t>(times), false, 0};
}

}  // namespace neartile::pe::verilog
