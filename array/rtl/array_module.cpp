#include <fmt/format.h>

#include "rtl/design.h"
#include "rtl/text.h"

namespace neartile::array::rtl {
namespace {

std::string clocking(const Design& design) {
  return design.config.clock_gating ? "" : ", .run(run)";
}

// One PE of a row: from its left neighbour's wires x_(c-1) to its own, x_c.
void write_pe(Text& text, const Design& design, std::size_t c) {
  const std::size_t count = design.columns;
  const bool last = c + 1 == count;
  const char* unused = last ? "unused_" : "";
  text.line("  logic [7:0] {}a_{};", unused, c);
  std::string wires;
  for (const PeRegister& one : design.travelling())
    if (one.net_class == NetClass::control && one.name != "v")
      wires += fmt::format("{}{}{}_{}", wires.empty() ? "" : ", ", unused, one.name, c);
  text.line("  logic {};", wires);
  List ports;
  ports.add(fmt::format(".clk(clk), .rst(rst){}", clocking(design)));
  for (const PeRegister& one : design.travelling()) {
    const bool is_valid = one.name == "v";
    const std::string in = c == 0     ? fmt::format("{}_in", one.name)
                           : is_valid ? part("v", c - 1, 1, count)
                                      : fmt::format("{}_{}", one.name, c - 1);
    const std::string out = is_valid ? part("v", c, 1, count) : fmt::format("{}{}_{}", unused, one.name, c);
    ports.add(fmt::format(".{0}_in({1}), .{0}({2})", one.name, in, out));
  }
  const std::size_t bits = design.built_sum_bits();
  ports.add(fmt::format(".w_in({}), .w_out({})", part("w_in", c, 8, count), part("w_out", c, 8, count)));
  ports.add(fmt::format(".p_in({}), .p({})", part("p_in", c, bits, count), part("p", c, bits, count)));
  text.line("  {} {}pe_{} (", design.modules.pe, reset_handed_down, c);
  ports.write(text, "    ");
  text.line("  );").line();
}

// One row: from the wires of the row above, w_(r-1) and p_(r-1), to its own.
void write_row(Text& text, const Design& design, std::size_t r) {
  const std::size_t bits = design.built_sum_bits() * design.columns;
  const bool last = r + 1 == design.rows;
  const char* valid = last ? "" : "unused_";
  text.line("  logic {}{}w_{};", range_of_width(8 * design.columns), last ? "unused_" : "", r);
  text.line("  logic {}p_{};", range_of_width(bits), r);
  text.line("  logic {}{}v_{};", range_of_width(design.columns), valid, r);
  List ports;
  ports.add(
      fmt::format(".clk({}), .rst(rst){}", design.config.clock_gating ? "clk_run" : "clk", clocking(design)));
  for (const PeRegister& one : design.travelling())
    ports.add(fmt::format(".{0}_in({1})", one.name,
                          part(fmt::format("{}_in", one.name), r, one.width, design.rows)));
  ports.add(fmt::format(".v({}v_{})", valid, r));
  ports.add(fmt::format(".w_in({}), .w_out({}w_{})", r == 0 ? "w_in" : fmt::format("w_{}", r - 1),
                        last ? "unused_" : "", r));
  ports.add(fmt::format(".p_in({}), .p(p_{})",
                        r == 0 ? fmt::format("{}'d0", bits) : fmt::format("p_{}", r - 1), r));
  text.line("  {} {}row_{} (", design.modules.row, reset_handed_down, r);
  ports.write(text, "    ");
  text.line("  );").line();
}

// The sums in full width: bits that are not built are 0.
void write_sums(Text& text, const Design& design) {
  const std::size_t bits = design.built_sum_bits();
  const std::string bottom = fmt::format("p_{}", design.rows - 1);
  for (std::size_t c = 0; c < design.columns; ++c) {
    const std::string built = part(bottom, c, bits, design.columns);
    text.line("  assign {} = {};", part("sum", c, design.sum_bits(), design.columns),
              design.low_zeros > 0 ? fmt::format("{{{}, {}'d0}}", built, design.low_zeros) : built);
  }
  text.line("  assign v = v_{};", design.rows - 1);
}

/// Ports of an array; in a bank with "array_0_" before each name but the clock's and the reset's.
void add_array_ports(List& ports, const Design& design, const std::string& prefix) {
  ports.add(fmt::format("input  logic {}run", prefix), "0: the array stands still");
  for (const PeRegister& one : design.travelling())
    ports.add(
        fmt::format("input  logic {}{}{}_in", range_of_width(one.width * design.rows), prefix, one.name));
  ports.add(fmt::format("input  logic {}{}w_in", range_of_width(8 * design.columns), prefix));
  ports.add(fmt::format("output logic {}{}sum", range_of_width(design.sum_bits() * design.columns), prefix));
  ports.add(fmt::format("output logic {}{}v", range_of_width(design.columns), prefix),
            "the next edge that runs brings the column's next sum");
}

}  // namespace

std::string row_module(const Design& design) {
  const std::size_t bits = design.built_sum_bits() * design.columns, count = design.columns;
  Text text;
  text.line("// A row of {} PEs: activations and control go from left to right.", count);
  text.line("module {} {}", design.modules.row, reset_parameter);
  List ports;
  ports.add("input  logic clk");
  ports.add("input  logic rst");
  if (!design.config.clock_gating) ports.add("input  logic run");
  for (const PeRegister& one : design.travelling())
    ports.add(fmt::format("input  logic {}{}_in", range(one.high()), one.name));
  ports.add(fmt::format("input  logic {}w_in", range_of_width(8 * count)),
            "weights and sums of the row above");
  ports.add(fmt::format("input  logic {}p_in", range_of_width(bits)));
  ports.add(fmt::format("output logic {}v", range_of_width(count)));
  ports.add(fmt::format("output logic {}w_out", range_of_width(8 * count)));
  ports.add(fmt::format("output logic {}p", range_of_width(bits)));
  ports.write(text, "  ");
  text.line(");");
  for (std::size_t c = 0; c < count; ++c) write_pe(text, design, c);
  text.line("endmodule");
  return text.take();
}

std::string array_module(const Design& design) {
  Text text;
  text.line(
      "// Systolic array of {} rows and {} columns. Inputs: one part a row, w_in one a column; row r is r",
      design.rows, design.columns);
  text.line("// cycles later than row 0, column c is c cycles later than column 0.");
  text.line("module {} {}", design.modules.array, reset_parameter);
  List ports;
  ports.add("input  logic clk");
  ports.add("input  logic rst", "synchronous, wins over run");
  add_array_ports(ports, design, "");
  ports.write(text, "  ");
  text.line(");");
  if (design.config.clock_gating) {
    text.line("  logic clk_run;");
    text.line("  clock_gate gate_run (.clk(clk), .enable(rst | run), .gated(clk_run));").line();
  }
  for (std::size_t r = 0; r < design.rows; ++r) write_row(text, design, r);
  write_sums(text, design);
  text.line("endmodule");
  return text.take();
}

std::string bank_module(const std::vector<Design>& designs) {
  Text text;
  text.line("// The bank: every array of the chip, each with inputs and outputs of its own.");
  text.line("module bank {}", reset_parameter);
  List ports;
  ports.add("input  logic clk");
  ports.add("input  logic rst");
  for (std::size_t i = 0; i < designs.size(); ++i) add_array_ports(ports, designs[i], array_scope(i) + "_");
  ports.write(text, "  ");
  text.line(");");
  for (std::size_t i = 0; i < designs.size(); ++i) {
    const std::string scope = array_scope(i);
    List connections;
    connections.add(fmt::format(".clk(clk), .rst(rst), .run({}_run)", scope));
    for (const PeRegister& one : designs[i].travelling())
      connections.add(fmt::format(".{0}_in({1}_{0}_in)", one.name, scope));
    connections.add(fmt::format(".w_in({0}_w_in), .sum({0}_sum), .v({0}_v)", scope));
    text.line("  {} {}{} (", designs[i].modules.array, reset_handed_down, scope);
    connections.write(text, "    ");
    text.line("  );").line();
  }
  text.line("endmodule");
  return text.take();
}

}  // namespace neartile::array::rtl
