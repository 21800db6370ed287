#include "parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cursor.h"
#include "expression_parser.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {
namespace {

constexpr std::array<std::string_view, 8> primitives{"and", "or", "not", "xor", "nand", "nor", "xnor", "buf"};

constexpr std::array<std::string_view, 13> behavioural{
    "always", "initial",  "function", "task", "generate", "genvar", "integer",
    "real",   "defparam", "for",      "if",   "case",     "begin"};

class Parser {
 public:
  Parser(const std::vector<Token>& tokens, const std::string& place)
      : cursor_(tokens, place), expressions_(cursor_, source_) {}

  Source run() {
    while (!cursor_.at_end()) {
      if (!cursor_.accept_word("module") && !cursor_.accept_word("macromodule")) {
        cursor_.unexpected("'module'");
      }
      module();
    }
    if (source_.modules.empty()) cursor_.unexpected("'module'");
    return std::move(source_);
  }

 private:
  void module() {
    module_ = {};
    module_.line = cursor_.line();
    module_.name = cursor_.name("the name of a module");
    if (source_.by_name.contains(module_.name)) {
      cursor_.fail(fmt::format("module {} is there twice", in_quotes(module_.name)));
    }
    if (cursor_.accept("#")) {
      cursor_.expect("(");
      bool first = true;
      do {
        if (!cursor_.accept_word("parameter") && first) cursor_.unexpected("'parameter'");
        first = false;
        parameter(false);
      } while (cursor_.accept(","));
      cursor_.expect(")");
    }
    if (cursor_.accept("(")) header();
    cursor_.expect(";");
    while (!cursor_.accept_word("endmodule")) item();
    source_.by_name.emplace(module_.name, source_.modules.size());
    source_.modules.push_back(std::move(module_));
  }

  void header() {
    if (cursor_.accept(")")) return;
    Declaration form;
    bool declared = false;
    do {
      if (sees_direction()) {
        form = declaration_form();
        declared = true;
      }
      form.line = cursor_.line();
      form.name = cursor_.name(declared ? "the name of a port" : "a port");
      module_.ports.push_back(form.name);
      if (declared) module_.declarations.push_back(form);
    } while (cursor_.accept(","));
    cursor_.expect(")");
  }

  bool sees_direction() {
    if (cursor_.sees_word("inout")) cursor_.fail("an inout port, expected input and output");
    return cursor_.sees_word("input") || cursor_.sees_word("output");
  }

  // All of a declaration that stands before its names.
  Declaration declaration_form() {
    Declaration form;
    if (cursor_.accept_word("input")) form.direction = Direction::input;
    if (cursor_.accept_word("output")) form.direction = Direction::output;
    for (const char* kind : {"wire", "tri", "reg"}) {
      if (cursor_.accept_word(kind)) break;
    }
    if (cursor_.accept_word("signed")) {
      form.is_signed = true;
    } else {
      cursor_.accept_word("unsigned");
    }
    form.range = expressions_.range();
    return form;
  }

  void declaration() {
    Declaration form = declaration_form();
    delay();
    do {
      form.line = cursor_.line();
      form.name = cursor_.name("the name of a wire");
      if (cursor_.sees("[")) cursor_.fail("an array of vectors, expected wires and vectors");
      module_.declarations.push_back(form);
      if (!cursor_.accept("=")) continue;
      const ExpressionId value = expressions_.expression();
      module_.assignments.push_back({name(form.name, form.line), value, form.line});
    } while (cursor_.accept(","));
    cursor_.expect(";");
  }

  void supply(bool high) {
    Declaration form = declaration_form();
    do {
      form.line = cursor_.line();
      form.name = cursor_.name("the name of a wire");
      module_.declarations.push_back(form);
      // Wide ones are all zeros or all ones: 0, or the complement of 0.
      Expression value;
      value.line = form.line;
      value.bits.assign(1, high);
      value.is_signed = true;
      source_.expressions.push_back(std::move(value));
      const auto id = static_cast<ExpressionId>(source_.expressions.size() - 1);
      module_.assignments.push_back({name(form.name, form.line), id, form.line});
    } while (cursor_.accept(","));
    cursor_.expect(";");
  }

  ExpressionId name(std::string_view text, unsigned line) {
    Expression made;
    made.kind = ExpressionKind::name;
    made.text = text;
    made.line = line;
    source_.expressions.push_back(std::move(made));
    return static_cast<ExpressionId>(source_.expressions.size() - 1);
  }

  // After the keyword; one "NAME = value" with what stands before it.
  void parameter(bool local) {
    Parameter made;
    made.local = local;
    cursor_.accept_word("integer");
    made.is_signed = cursor_.accept_word("signed");
    made.range = expressions_.range();
    made.line = cursor_.line();
    made.name = cursor_.name("the name of a parameter");
    cursor_.expect("=");
    made.value = expressions_.expression();
    module_.parameters.push_back(made);
  }

  // "#1", "#(1, 2)": without meaning here.
  void delay() {
    if (!cursor_.accept("#")) return;
    if (!cursor_.accept("(")) {
      expressions_.primary();
      return;
    }
    do {
      expressions_.expression();
    } while (cursor_.accept(",") || cursor_.accept(":"));
    cursor_.expect(")");
  }

  void item() {
    if (sees_direction() || cursor_.sees_word("wire") || cursor_.sees_word("tri") ||
        cursor_.sees_word("reg")) {
      return declaration();
    }
    if (cursor_.accept_word("supply0")) return supply(false);
    if (cursor_.accept_word("supply1")) return supply(true);
    if (cursor_.accept_word("assign")) return assignments();
    for (const bool local : {false, true}) {
      if (!cursor_.accept_word(local ? "localparam" : "parameter")) continue;
      do {
        parameter(local);
      } while (cursor_.accept(","));
      return cursor_.expect(";");
    }
    if (cursor_.accept_word("specify")) {
      while (!cursor_.accept_word("endspecify")) {
        if (cursor_.at_end()) cursor_.unexpected("'endspecify'");
        cursor_.take();
      }
      return;
    }
    if (cursor_.accept(";")) return;
    if (std::find(behavioural.begin(), behavioural.end(), cursor_.peek().text) != behavioural.end()) {
      cursor_.fail(
          fmt::format("'{}' is behavioural, expected declarations, 'assign' and instances (let Yosys make "
                      "gates of it)",
                      cursor_.peek().text));
    }
    const bool primitive =
        std::find(primitives.begin(), primitives.end(), cursor_.peek().text) != primitives.end();
    if (cursor_.sees_name() || primitive) return instances(primitive);
    cursor_.unexpected("a declaration, 'assign', an instance or 'endmodule'");
  }

  void assignments() {
    delay();
    do {
      const unsigned line = cursor_.line();
      const ExpressionId target = expressions_.primary();
      cursor_.expect("=");
      module_.assignments.push_back({target, expressions_.expression(), line});
    } while (cursor_.accept(","));
    cursor_.expect(";");
  }

  void instances(bool primitive) {
    Instance form;
    form.primitive = primitive;
    form.type = cursor_.take().text;
    if (primitive) {
      delay();
    } else if (cursor_.accept("#")) {
      cursor_.expect("(");
      form.parameters = connections();
    }
    do {
      Instance made = form;
      made.line = cursor_.line();
      if (!primitive || cursor_.sees_name()) made.name = cursor_.name("the name of an instance");
      if (cursor_.sees("[")) cursor_.fail("an array of instances, expected single ones");
      cursor_.expect("(");
      made.connections = connections();
      module_.instances.push_back(std::move(made));
    } while (cursor_.accept(","));
    cursor_.expect(";");
  }

  // Up to the closing parenthesis: all named, or all by position.
  std::vector<Connection> connections() {
    std::vector<Connection> made;
    if (cursor_.accept(")")) return made;
    const bool named = cursor_.sees(".");
    do {
      Connection connection;
      connection.line = cursor_.line();
      if (named) {
        cursor_.expect(".");
        connection.name = cursor_.name("the name of a port");
        cursor_.expect("(");
        if (!cursor_.sees(")")) connection.value = expressions_.expression();
        cursor_.expect(")");
      } else if (!cursor_.sees(",") && !cursor_.sees(")")) {
        connection.value = expressions_.expression();
      }
      made.push_back(connection);
    } while (cursor_.accept(","));
    cursor_.expect(")");
    return made;
  }

  Source source_;
  Cursor cursor_;
  ExpressionParser expressions_;
  Module module_;
};

}  // namespace

Source parse(std::string_view text, const std::string& place) {
  const std::vector<Token> tokens = tokens_of(text, place);
  return Parser(tokens, place).run();
}

}  // namespace neartile::pe::verilog
