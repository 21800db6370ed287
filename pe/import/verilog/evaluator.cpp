#include "evaluator.h"

#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {

std::optional<std::int64_t> number_of(const Wiring::Bits& bits, bool is_signed) {
  const Wiring::Net fill = is_signed && !bits.empty() ? bits.back() : Wiring::zero;
  std::uint64_t value = fill == Wiring::one ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] > Wiring::one || (i >= 62 && bits[i] != fill)) return {};
    if (i >= 62) continue;
    const std::uint64_t mask = std::uint64_t{1} << i;
    value = bits[i] == Wiring::one ? value | mask : value & ~mask;
  }
  return static_cast<std::int64_t>(value);
}

Wiring::Bits Evaluator::extended(Bits bits, std::size_t width, bool is_signed) const {
  const Net fill = is_signed && !bits.empty() ? bits.back() : Wiring::zero;
  bits.resize(width, fill);
  return bits;
}

Wiring::Bits Evaluator::assigned(const Scope& scope, ExpressionId id, std::size_t width) {
  const Shape shape = measure(scope, id);
  Bits bits = build(scope, id, std::max(width, shape.width), shape.is_signed);
  bits.resize(width);
  return bits;
}

Constant Evaluator::value(const Scope& scope, ExpressionId id) {
  const Shape shape = measure(scope, id);
  return {build(scope, id, shape.width, shape.is_signed), shape.is_signed};
}

Constant Evaluator::constant(const Scope& scope, ExpressionId id) {
  Constant found = value(scope, id);
  const bool known =
      std::all_of(found.bits.begin(), found.bits.end(), [](Net bit) { return bit <= Wiring::one; });
  if (!known) wiring_.fail(at(id).line, "found wires, expected a constant");
  return found;
}

std::int64_t Evaluator::number(const Scope& scope, ExpressionId id) {
  const Constant found = constant(scope, id);
  const auto number = number_of(found.bits, found.is_signed);
  constexpr std::int64_t largest = std::int64_t{1} << 40;
  if (!number || *number > largest || *number < -largest) {
    wiring_.fail(at(id).line, "found a constant of more than 40 bits, expected a smaller one");
  }
  return *number;
}

Wiring::Bits Evaluator::target(const Scope& scope, ExpressionId id) {
  const Expression& node = at(id);
  switch (node.kind) {
    case ExpressionKind::name:
    case ExpressionKind::select:
    case ExpressionKind::part_select:
      if (scope.constants.contains(node.text)) {
        wiring_.fail(node.line, fmt::format("parameter {} is driven, expected a wire", in_quotes(node.text)));
      }
      measure(scope, id);
      return leaf(scope, id);
    case ExpressionKind::concatenation: {
      Bits bits;
      for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
        const Bits part = target(scope, *child);
        bits.insert(bits.end(), part.begin(), part.end());
        if (bits.size() > widest_vector) wiring_.fail(node.line, "more than 4096 bits are driven at once");
      }
      return bits;
    }
    default:
      wiring_.fail(node.line, "an expression is driven, expected wires");
  }
}

// Operands whose width others decide are built in the width and sign of their context.
Wiring::Bits Evaluator::build(const Scope& scope, ExpressionId id, std::size_t width, bool is_signed) {
  const Expression& node = at(id);
  budget_.spend(width, node.line);
  switch (node.kind) {
    case ExpressionKind::unary:
      return unary(scope, node, width, is_signed);
    case ExpressionKind::binary:
      return binary(scope, node, width, is_signed);
    case ExpressionKind::conditional:
      return conditional(scope, node, width, is_signed);
    case ExpressionKind::signedness:
      return extended(own(scope, node.children[0]), width, is_signed);
    default:
      return extended(leaf(scope, id), width, is_signed);
  }
}

Wiring::Bits Evaluator::own(const Scope& scope, ExpressionId id) {
  return build(scope, id, shapes_[id].width, shapes_[id].is_signed);
}

Wiring::Bits Evaluator::leaf(const Scope& scope, ExpressionId id) {
  const Expression& node = at(id);
  const Shape shape = shapes_[id];
  if (node.kind == ExpressionKind::number) return {node.bits.begin(), node.bits.end()};
  if (node.kind == ExpressionKind::concatenation || node.kind == ExpressionKind::replication) {
    return joined(scope, node, shape);
  }
  const auto constant = scope.constants.find(node.text);
  const Bits& all = constant != scope.constants.end() ? constant->second.bits : signal(scope, node).bits;
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(shape.first);
  return {first, first + static_cast<std::ptrdiff_t>(shape.width)};
}

Wiring::Bits Evaluator::joined(const Scope& scope, const Expression& node, const Shape& shape) {
  const std::size_t first = node.kind == ExpressionKind::replication ? 1 : 0;
  Bits once;
  for (std::size_t i = node.children.size(); i-- > first;) {
    const Bits part = own(scope, node.children[i]);
    once.insert(once.end(), part.begin(), part.end());
  }
  Bits bits;
  bits.reserve(shape.width);
  while (bits.size() < shape.width) bits.insert(bits.end(), once.begin(), once.end());
  return bits;
}

Wiring::Bits Evaluator::conditional(const Scope& scope, const Expression& node, std::size_t width,
                                    bool is_signed) {
  Logic logic(wiring_, node.line);
  const Net chooser = logic.any(own(scope, node.children[0]));
  const Bits high = build(scope, node.children[1], width, is_signed);
  Bits bits = build(scope, node.children[2], width, is_signed);
  for (std::size_t i = 0; i < width; ++i) bits[i] = logic.choose(chooser, high[i], bits[i]);
  return bits;
}

}  // namespace neartile::pe::verilog
