#include "cursor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe::verilog {
namespace {

constexpr std::array<std::string_view, 50> keywords{
    "module",   "endmodule",   "macromodule", "input",     "output",    "inout",       "wire",      "tri",
    "reg",      "signed",      "unsigned",    "assign",    "parameter", "localparam",  "always",    "initial",
    "function", "endfunction", "task",        "endtask",   "generate",  "endgenerate", "genvar",    "for",
    "if",       "else",        "case",        "endcase",   "begin",     "end",         "integer",   "real",
    "defparam", "specify",     "endspecify",  "specparam", "supply0",   "supply1",     "and",       "or",
    "not",      "xor",         "nand",        "nor",       "xnor",      "buf",         "primitive", "posedge",
    "negedge",  "wand"};

}  // namespace

bool Cursor::accept(std::string_view symbol) {
  if (!sees(symbol)) return false;
  take();
  return true;
}

bool Cursor::accept_word(std::string_view word) {
  if (!sees_word(word)) return false;
  take();
  return true;
}

void Cursor::expect(std::string_view symbol) {
  if (!accept(symbol)) unexpected(fmt::format("'{}'", symbol));
}

bool Cursor::sees_name() const {
  if (peek().kind == TokenKind::escaped) return true;
  return peek().kind == TokenKind::identifier &&
         std::find(keywords.begin(), keywords.end(), peek().text) == keywords.end();
}

std::string_view Cursor::name(std::string_view what) {
  if (!sees_name()) unexpected(what);
  return take().text;
}

void Cursor::fail(const std::string& text) const {
  throw InputError(fmt::format("{}:{}", place_, line()), text);
}

void Cursor::unexpected(std::string_view wanted) const {
  const std::string found = at_end() ? "the end of the file" : in_quotes(peek().text);
  fail(fmt::format("found {}, expected {}", found, wanted));
}

}  // namespace neartile::pe::verilog
