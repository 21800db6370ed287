#include "elaborator.h"

#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {

Scope Elaborator::open(const Module& module, std::string prefix, const std::vector<Connection>& parameters,
                       const Scope* parent) {
  Scope scope;
  scope.module = &module;
  scope.prefix = std::move(prefix);
  set_parameters(scope, parameters, parent);
  for (const Declaration& declaration : module.declarations) declare(scope, declaration);
  for (const std::string_view port : module.ports) {
    const auto found = scope.signals.find(port);
    if (found == scope.signals.end() || found->second.direction == Direction::wire) {
      wiring_.fail(module.line, fmt::format("port {} of module {} is neither input nor output",
                                            in_quotes(port), in_quotes(module.name)));
    }
  }
  return scope;
}

void Elaborator::set_parameters(Scope& scope, const std::vector<Connection>& given, const Scope* parent) {
  std::size_t used = 0, position = 0;
  for (const Parameter& parameter : scope.module->parameters) {
    budget_.spend(1, parameter.line);
    if (scope.constants.contains(parameter.name)) {
      wiring_.fail(parameter.line, fmt::format("parameter {} is there twice", in_quotes(parameter.name)));
    }
    auto own = given.end();
    if (!parameter.local) {
      own = std::find_if(given.begin(), given.end(), [&](const Connection& c) {
        return c.name.empty() ? &c == given.data() + position : c.name == parameter.name;
      });
      ++position;
    }
    const bool is_given = own != given.end() && own->value != no_expression;
    if (own != given.end()) ++used;
    Constant value =
        is_given ? evaluator_.constant(*parent, own->value) : evaluator_.constant(scope, parameter.value);
    scope.constants.emplace(parameter.name, fitted(scope, parameter, std::move(value)));
  }
  if (used != given.size()) {
    wiring_.fail(given.front().line,
                 fmt::format("parameters are given that module {} has not", in_quotes(scope.module->name)));
  }
}

Constant Elaborator::fitted(const Scope& scope, const Parameter& parameter, Constant value) {
  if (parameter.range.msb == no_expression) {
    value.is_signed = value.is_signed || parameter.is_signed;
    return value;
  }
  Declaration form;
  form.range = parameter.range;
  form.line = parameter.line;
  const std::size_t width = shape_of(scope, form).bits.size();
  value.bits.resize(width, value.is_signed ? value.bits.back() : Wiring::zero);
  value.is_signed = parameter.is_signed;
  return value;
}

// Range and sign; the bits are only counted.
Signal Elaborator::shape_of(const Scope& scope, const Declaration& declaration) {
  Signal shape;
  shape.is_signed = declaration.is_signed;
  shape.line = declaration.line;
  std::int64_t width = 1;
  if (declaration.range.msb != no_expression) {
    shape.is_vector = true;
    shape.msb = evaluator_.number(scope, declaration.range.msb);
    shape.lsb = evaluator_.number(scope, declaration.range.lsb);
    width = std::abs(shape.msb - shape.lsb) + 1;
  }
  if (width > static_cast<std::int64_t>(widest_vector)) {
    wiring_.fail(declaration.line,
                 fmt::format("a vector of {} bits, expected at most {}", width, widest_vector));
  }
  shape.bits.resize(static_cast<std::size_t>(width));
  return shape;
}

// "output [15:0] O; wire [15:0] O;" is one signal: a port may be declared as a wire once more.
void Elaborator::declare(Scope& scope, const Declaration& declaration) {
  const std::string_view name = declaration.name;
  budget_.spend(1, declaration.line);
  Signal made = shape_of(scope, declaration);
  const auto there = scope.signals.find(name);
  const bool is_port = declaration.direction != Direction::wire;
  if (there != scope.signals.end()) {
    Signal& old = there->second;
    const bool old_is_port = old.direction != Direction::wire;
    if (is_port == old_is_port || old.wire_declared == !is_port) {
      wiring_.fail(declaration.line,
                   fmt::format("{} is declared twice, first in line {}", in_quotes(name), old.line));
    }
    if (old.msb != made.msb || old.lsb != made.lsb || old.is_vector != made.is_vector) {
      wiring_.fail(declaration.line,
                   fmt::format("{} has another range than in line {}", in_quotes(name), old.line));
    }
    if (is_port) old.direction = declaration.direction;
    old.is_signed = old.is_signed || made.is_signed;
    old.wire_declared = true;
    return;
  }
  if (scope.constants.contains(name)) {
    wiring_.fail(declaration.line, fmt::format("{} is a parameter already", in_quotes(name)));
  }
  made.direction = declaration.direction;
  made.wire_declared = !is_port;
  const std::string full = scope.prefix + std::string(name);
  budget_.spend(made.bits.size() * (1 + full.size() / 8), declaration.line);
  for (std::size_t i = 0; i < made.bits.size(); ++i) {
    const auto offset = static_cast<std::int64_t>(i);
    const std::int64_t index = made.msb >= made.lsb ? made.lsb + offset : made.lsb - offset;
    made.bits[i] = wiring_.named(made.is_vector ? fmt::format("{}[{}]", full, index) : full);
  }
  scope.signals.emplace(name, std::move(made));
}

// A name that is driven or connected without a declaration is one wire.
void Elaborator::declare_implicit(Scope& scope, ExpressionId id) {
  const Expression& node = source_.expressions[id];
  if (node.kind != ExpressionKind::name || scope.signals.contains(node.text) ||
      scope.constants.contains(node.text)) {
    return;
  }
  Declaration implicit;
  implicit.name = node.text;
  implicit.line = node.line;
  declare(scope, implicit);
}

void Elaborator::drive(const Wiring::Bits& target, const Wiring::Bits& value, unsigned line) {
  for (std::size_t i = 0; i < target.size(); ++i) wiring_.connect(target[i], value[i], line);
}

void Elaborator::assign(Scope& scope, const Assignment& assignment) {
  declare_implicit(scope, assignment.target);
  const Wiring::Bits target = evaluator_.target(scope, assignment.target);
  drive(target, evaluator_.assigned(scope, assignment.value, target.size()), assignment.line);
}

void Elaborator::fill(Scope& scope) {
  const Module& module = *scope.module;
  if (std::find(open_.begin(), open_.end(), &module) != open_.end()) {
    wiring_.fail(module.line, fmt::format("module {} contains itself", in_quotes(module.name)));
  }
  if (open_.size() == deepest) {
    wiring_.fail(module.line, fmt::format("instances nested more than {} deep", deepest));
  }
  open_.push_back(&module);
  for (const Instance& instance : module.instances) place(scope, instance);
  for (const Assignment& assignment : module.assignments) assign(scope, assignment);
  open_.pop_back();
}

}  // namespace neartile::pe::verilog
