#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace neartile::pe::verilog {

/// Expressions live in Source::expressions and are named by their index there, children before parents.
using ExpressionId = std::uint32_t;
constexpr ExpressionId no_expression = ~ExpressionId{0};

enum class ExpressionKind : std::uint8_t {
  number,       // bits
  name,         // text
  select,       // text[a]
  part_select,  // text[a:b], text[a+:b] or text[a-:b]
  unary,        // operator `text` before a
  binary,       // operator `text` between a and b
  conditional,  // a ? b : c
  concatenation,
  replication,  // a times the concatenation of the rest
  signedness    // $signed or $unsigned of a
};

struct Expression {
  ExpressionKind kind = ExpressionKind::number;
  bool is_signed = false;  ///< of a number or a signedness
  char part = ':';         ///< of a part select: ':', '+' or '-'
  unsigned line = 0;
  unsigned depth = 1;
  std::string_view text;  ///< name, or symbol of an operator
  std::vector<ExpressionId> children;
  std::vector<bool> bits;  ///< of a number, least significant first
};

/// [msb:lsb], both given or none.
struct Range {
  ExpressionId msb = no_expression, lsb = no_expression;
};

enum class Direction : std::uint8_t { wire, input, output };

struct Declaration {
  std::string_view name;
  Direction direction = Direction::wire;
  bool is_signed = false;
  Range range;
  unsigned line = 0;
};

struct Parameter {
  std::string_view name;
  ExpressionId value;
  bool local = false;
  bool is_signed = false;
  Range range;
  unsigned line = 0;
};

struct Assignment {
  ExpressionId target, value;
  unsigned line = 0;
};

/// Of a port by name, or by position where the name is empty; nothing connected: no_expression.
struct Connection {
  std::string_view name;
  ExpressionId value = no_expression;
  unsigned line = 0;
};

/// An instance of a module or a cell, or a gate primitive.
struct Instance {
  std::string_view type, name;
  bool primitive = false;
  std::vector<Connection> parameters, connections;
  unsigned line = 0;
};

struct Module {
  std::string_view name;
  unsigned line = 0;
  std::vector<std::string_view> ports;  ///< in order of the header
  std::vector<Parameter> parameters;
  std::vector<Declaration> declarations;
  std::vector<Assignment> assignments;
  std::vector<Instance> instances;
};

struct Source {
  std::vector<Expression> expressions;
  std::vector<Module> modules;
  std::map<std::string_view, std::size_t> by_name;
};

}  // namespace neartile::pe::verilog
