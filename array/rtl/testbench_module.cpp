#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rtl/bench.h"
#include "rtl/design.h"
#include "rtl/text.h"

namespace neartile::array {
namespace rtl {
namespace {

// The inputs are a line of the stimulus; bits that fill hex digits are unused.
void write_inputs(Text& text, const std::vector<BenchField>& fields) {
  std::size_t bits = 0, unused = 0;
  std::string parts;
  for (const BenchField& field : fields) {
    bits += 4 * field.digits();
    if (!parts.empty()) parts += ", ";
    if (const std::size_t fill = 4 * field.digits() - field.bits; fill > 0) {
      parts += fmt::format("unused[{}:{}], ", unused + fill - 1, unused);
      unused += fill;
    }
    parts += field.name == "rst_run" ? "rst, run" : field.name + "_in";
  }
  text.line("  logic [{}:0] stimulus [0:LINES-1];", bits - 1);
  text.line("  logic [{}:0] now;", bits - 1);
  text.line("  logic [{}:0] unused;", unused - 1);
  text.line("  logic clk, rst, run;");
  for (const BenchField& field : fields)
    if (field.name != "rst_run") text.line("  logic {}{}_in;", range_of_width(field.bits), field.name);
  text.line("  assign {{{}}} = now;", parts).line();
}

void write_array(Text& text, const Design& design, std::size_t index) {
  text.line("  logic {}sum;", range_of_width(design.sum_bits() * design.columns));
  text.line("  logic {}v, leaving;", range_of_width(design.columns));
  text.line("  // Named as in the bank, so that names of waves are the same; its other arrays stay outside.");
  text.line("  if (1) begin : bank");
  List ports;
  ports.add(".clk(clk), .rst(rst), .run(run)");
  for (const PeRegister& one : design.travelling()) ports.add(fmt::format(".{0}_in({0}_in)", one.name));
  ports.add(".w_in(w_in), .sum(sum), .v(v)");
  text.line("    {} {} (", design.modules.array, array_scope(index));
  ports.write(text, "      ");
  text.line("    );");
  text.line("  end").line();
}

void write_check(Text& text, const Design& design) {
  text.line("  task automatic check(input int line, input int column, input logic [31:0] found);");
  text.line("    logic [79:0] wanted;");
  text.line("    wanted = sums < SUMS ? expected[sums] : 80'd0;");
  text.line("    if (sums >= SUMS || wanted !== {{line, column[15:0], found}}) begin");
  text.line("      wrong = wrong + 1;");
  text.line("      if (wrong <= 10)");
  text.line("        $display(\"line %0d column %0d: sum %h, expected line %0d column %0d: sum %h\", line,");
  text.line("                 column, found, wanted[79:48], wanted[47:32], wanted[31:0]);");
  text.line("    end");
  text.line("    sums = sums + 1;");
  text.line("  endtask").line();
  const unsigned bits = design.sum_bits();
  text.line("  function automatic logic [31:0] sum_of(input int column);");
  const std::string slice = fmt::format("sum[column * {0} +: {0}]", bits);
  if (bits == 32)
    text.line("    sum_of = {};", slice);
  else
    text.line("    sum_of = {{{}'d0, {}}};", 32 - bits, slice);
  text.line("  endfunction").line();
}

// Inputs change while the clock is low, half a period before the rising edge.
void write_run(Text& text, const Design& design) {
  text.line("  initial begin");
  text.line("    clk = 1'b0;");
  text.line("    sums = 0;");
  text.line("    wrong = 0;");
  text.line("    $readmemh(\"stimulus.hex\", stimulus);");
  text.line("    $readmemh(\"expected.hex\", expected);");
  text.line("    now = stimulus[0];");
  text.line("    if ($value$plusargs(\"vcd=%s\", vcd)) begin");
  text.line("      $dumpfile(vcd);");
  text.line("      $dumpvars(0, testbench);");
  text.line("    end");
  text.line("    for (int line = 0; line < LINES; line = line + 1) begin");
  text.line("      now = stimulus[line];");
  text.line("      #HALF_PERIOD_ps;");
  text.line("      leaving = run && !rst ? v : {}'d0;", design.columns);
  text.line("      clk = 1'b1;");
  text.line("      #HALF_PERIOD_ps;");
  text.line("      clk = 1'b0;");
  text.line("      for (int column = 0; column < {}; column = column + 1)", design.columns);
  text.line("        if (leaving[column]) check(line, column, sum_of(column));");
  text.line("    end");
  text.line("    #HALF_PERIOD_ps;");
  text.line("    if (wrong == 0 && sums == SUMS) begin");
  text.line("      $display(\"PASS: %0d sums in %0d cycles\", sums, LINES);");
  text.line("      $finish;");
  text.line("    end else begin");
  text.line("      $display(\"FAIL: %0d of %0d sums are wrong, expected %0d\", wrong, sums, SUMS);");
  text.line("      $fatal(1, \"sums differ from expected.hex\");");
  text.line("    end");
  text.line("  end");
}

}  // namespace

std::string testbench_module(const Design& design, const RtlBench& bench, std::size_t lines,
                             std::size_t sums) {
  Text text;
  text.line("// Drives array {} with stimulus.hex and compares what leaves it with expected.hex.",
            bench.array);
  text.line("// Stimulus: {}.", bench.origin);
  text.line("// +vcd=FILE writes waves.");
  text.line("module testbench;");
  text.line("  timeunit 1ps;");
  text.line("  timeprecision 1ps;");
  text.line("  localparam int LINES = {};", lines);
  text.line("  localparam int SUMS = {};", sums);
  text.line("  localparam int HALF_PERIOD_ps = {};  // {} MHz",
            std::max(1L, std::lround(500000.0 / bench.clock_MHz)), bench.clock_MHz);
  text.line("  logic [79:0] expected [0:{}];  // line, column, sum", std::max<std::size_t>(sums, 1) - 1);
  text.line("  int sums, wrong;");
  text.line("  string vcd;").line();
  ArrayConfig config{design.rows, design.columns, design.config};
  write_inputs(text, bench_fields(config));
  write_array(text, design, bench.array);
  write_check(text, design);
  write_run(text, design);
  text.line("endmodule");
  return text.take();
}

}  // namespace rtl

RtlFiles rtl_bench_files(std::span<const RtlArray> bank, const RtlBench& bench) {
  const RtlArray& array = bank[bench.array];
  const rtl::Design design(array, rtl_modules(bank)[bench.array]);
  RtlFiles files{{"stimulus.hex", stimulus_hex(array.config, bench.stimulus)},
                 {"expected.hex", expected_hex(array, bench.stimulus)}};
  const auto lines_of = [&](const char* name) {
    return static_cast<std::size_t>(std::count(files[name].begin(), files[name].end(), '\n'));
  };
  files["testbench.sv"] = testbench_module(design, bench, lines_of("stimulus.hex"), lines_of("expected.hex"));
  return files;
}

}  // namespace neartile::array
