#pragma once

#include "import/logic.h"
#include "scope.h"

namespace neartile::pe::verilog {

/// Turns expressions into nets, with Verilog's rules of width and sign (IEEE 1364-2005, 5.4 and 5.5).
class Evaluator {
 public:
  using Net = Wiring::Net;
  using Bits = Wiring::Bits;

  Evaluator(const Source& source, Wiring& wiring, Budget& budget)
      : source_(source), wiring_(wiring), budget_(budget), shapes_(source.expressions.size()) {}

  /// The value as it is assigned to `width` bits.
  Bits assigned(const Scope& scope, ExpressionId id, std::size_t width);
  /// The value in its own width.
  Constant value(const Scope& scope, ExpressionId id);
  /// The value where it must be constant, as a number.
  std::int64_t number(const Scope& scope, ExpressionId id);
  /// The nets that an assignment to the expression drives.
  Bits target(const Scope& scope, ExpressionId id);
  /// Constant bits; throws InputError where they are not.
  Constant constant(const Scope& scope, ExpressionId id);

 private:
  struct Shape {
    std::size_t width = 0;
    bool is_signed = false;
    std::size_t first = 0;  // of a select: position of its lowest bit
  };

  const Expression& at(ExpressionId id) const { return source_.expressions[id]; }
  Shape measure(const Scope& scope, ExpressionId id);
  Shape measure_node(const Scope& scope, ExpressionId id);
  Shape measure_name(const Scope& scope, const Expression& node) const;
  Shape measure_select(const Scope& scope, const Expression& node);
  Shape measure_operator(const Expression& node) const;
  Shape measure_joined(const Scope& scope, const Expression& node);

  Bits build(const Scope& scope, ExpressionId id, std::size_t width, bool is_signed);
  Bits own(const Scope& scope, ExpressionId id);
  Bits leaf(const Scope& scope, ExpressionId id);
  Bits joined(const Scope& scope, const Expression& node, const Shape& shape);
  Bits unary(const Scope& scope, const Expression& node, std::size_t width, bool is_signed);
  Bits binary(const Scope& scope, const Expression& node, std::size_t width, bool is_signed);
  Bits operation(const Scope& scope, const Expression& node, std::size_t width, bool is_signed);
  Bits shifted(const Scope& scope, const Expression& node, std::size_t width, bool is_signed);
  Bits conditional(const Scope& scope, const Expression& node, std::size_t width, bool is_signed);
  Net comparison(const Scope& scope, const Expression& node);
  Bits divided(const Expression& node, const Bits& a, const Bits& b, bool is_signed) const;
  Bits bitwise(const Expression& node, const Bits& a, const Bits& b);

  const Signal& signal(const Scope& scope, const Expression& node) const;
  Bits extended(Bits bits, std::size_t width, bool is_signed) const;

  const Source& source_;
  Wiring& wiring_;
  Budget& budget_;
  std::vector<Shape> shapes_;
};

/// A constant as a number; nothing where bits are not constant or more than 62 bits matter.
std::optional<std::int64_t> number_of(const Wiring::Bits& bits, bool is_signed);

}  // namespace neartile::pe::verilog
