#include "rtl/design.h"
#include "rtl/text.h"

namespace neartile::array::rtl {

std::string clock_gate_module() {
  return "// Clock gate: a latch, so that the enable moves only while the clock is low, and an AND. Put "
         "your\n"
         "// library's cell in its place.\n"
         "module clock_gate (\n"
         "  input  logic clk,\n"
         "  input  logic enable,\n"
         "  output logic gated\n"
         ");\n"
         "  logic latched;\n"
         "  always_latch if (!clk) latched = enable;\n"
         "  assign gated = clk & latched;\n"
         "endmodule\n";
}

std::string control_module(const Design& design) {
  const bool gated = design.config.clock_gating, two = design.two_weights();
  Text text;
  text.line("// What travels through a row beside the activation: {}v valid, e enable, l load{}.",
            two ? "s select, " : "", two ? ", b bank" : "");
  text.line("module {} (", design.modules.control);
  List ports;
  ports.add("input  logic clk");
  ports.add("input  logic rst");
  if (!gated) ports.add("input  logic run");
  std::vector<PeRegister> bits = design.travelling();
  std::erase_if(bits, [](const PeRegister& one) { return one.net_class != NetClass::control; });
  for (const PeRegister& one : bits) ports.add(fmt::format("input  logic {}_in", one.name));
  for (const PeRegister& one : bits) ports.add(fmt::format("output logic {}", one.name));
  ports.write(text, "  ");
  text.line(");");
  text.line("  always_ff @(posedge clk)");
  text.line("    if (rst) begin");
  for (const PeRegister& one : bits) text.line("      {} <= 1'b0;", one.name);
  text.line("    end else {}begin", gated ? "" : "if (run) ");
  text.line("      v <= v_in;");
  if (two) text.line("      if (v_in) s <= s_in;");
  text.line("      if (v_in) e <= e_in;");
  text.line("      l <= l_in;");
  if (two) text.line("      if (l_in) b <= b_in;");
  text.line("    end");
  text.line("endmodule");
  return text.take();
}

}  // namespace neartile::array::rtl
