#include <fmt/format.h>

#include <map>

#include "rtl/design.h"
#include "rtl/text.h"

namespace neartile::array::rtl {
namespace {

constexpr unsigned product_bits = pe::TruthTable::product_bits();

/// When a data register takes a new value, and which.
struct Rule {
  std::string enable, next;
};

Rule rule_of(const Design& design, std::string_view name) {
  static const std::map<std::string, Rule, std::less<>> rules{{"a", {"(v_in & e_in)", "a_in"}},
                                                              {"p", {"v", "sum"}},
                                                              {"w0", {"(l_in & ~b_in)", "w_in"}},
                                                              {"w1", {"(l_in & b_in)", "w_in"}}};
  Rule rule = rules.find(name)->second;
  if (!design.two_weights() && name == "w0") rule.enable = "l_in";
  return rule;
}

std::string repeated(unsigned count, const std::string& bit) {
  return count == 1 ? bit : fmt::format("{{{}{{{}}}}}", count, bit);
}

void write_ports(Text& text, const Design& design) {
  const bool gated = design.config.clock_gating;
  List ports;
  ports.add("input  logic clk", gated ? "stands still while the array is stalled" : "");
  ports.add("input  logic rst", "synchronous");
  if (!gated) ports.add("input  logic run", "0: every register holds");
  for (const PeRegister& one : design.travelling())
    ports.add(fmt::format("input  logic {}{}_in", range(one.high()), one.name));
  ports.add("input  logic [7:0] w_in", "weight from above");
  const PeRegister& p = design.find("p");
  ports.add(fmt::format("input  logic {}p_in", range(p.high(), p.low)), "partial sum of the row above");
  for (const PeRegister& one : design.travelling())
    ports.add(fmt::format("output logic {}{}", range(one.high()), one.name));
  ports.add("output logic [7:0] w_out", "weight for the row below");
  ports.add(fmt::format("output logic {}p", range(p.high(), p.low)));
  ports.write(text, "  ");
  text.line(");");
}

void write_control(Text& text, const Design& design) {
  List ports;
  ports.add(".clk(clk)");
  ports.add(".rst(rst)");
  if (!design.config.clock_gating) ports.add(".run(run)");
  for (const PeRegister& one : design.travelling())
    if (one.net_class == NetClass::control) ports.add(fmt::format(".{0}_in({0}_in), .{0}({0})", one.name));
  text.line("  {} control (", design.modules.control);
  ports.write(text, "    ");
  text.line("  );").line();
}

// The product net: 16 bits of two's complement less those that are always 0.
void write_product(Text& text, const Design& design) {
  const auto width = static_cast<unsigned>(design.multiplier.netlist->product().size());
  const bool is_signed = design.multiplier.operands != pe::Operands::u8u8;
  const unsigned low = design.low_zeros;
  text.line("  // The product net f always follows its operands.");
  text.line("  logic {}f;", range(product_bits - 1, low));
  std::string connection = "f";
  if (width == product_bits && low > 0) {
    text.line("  logic [{}:0] unused_product;  // always 0", low - 1);
    connection = "{f, unused_product}";
  } else if (width != product_bits) {
    text.line("  logic {}unused_product;  // in part", range(width - 1));
    connection = "unused_product";
  }
  text.line("  {} multiplier (.A(a), .B({}), .O({}));", design.modules.multiplier,
            design.two_weights() ? "s ? w1 : w0" : "w0", connection);
  if (width > product_bits) {
    text.line("  assign f = unused_product[{}:{}];", product_bits - 1, low);
  } else if (width < product_bits) {
    const std::string sign = is_signed ? fmt::format("unused_product[{}]", width - 1) : "1'b0";
    if (low >= width)
      text.line("  assign f = {};", repeated(product_bits - low, sign));
    else
      text.line("  assign f = {{{}, unused_product[{}:{}]}};", repeated(product_bits - width, sign),
                width - 1, low);
  }
  text.line();
}

// f widened to `bits` bits.
std::string widened(const Design& design, const std::string& product, unsigned bits) {
  const bool is_signed = design.multiplier.operands != pe::Operands::u8u8;
  if (bits == product_bits) return product;
  const std::string sign = is_signed ? fmt::format("{}[{}]", product, product_bits - 1) : std::string("1'b0");
  return fmt::format("{{{}, {}}}", repeated(bits - product_bits, sign), product);
}

void write_sum(Text& text, const Design& design) {
  const unsigned top = design.sum_bits() - 1, low = design.low_zeros;
  std::string product = "f";
  if (!design.multiplier.table->zero_at_zero_weight()) {
    text.line("  // Rows below the tile add 0, not f(a, 0).");
    text.line("  logic {}term;", range(product_bits - 1, low));
    text.line("  assign term = f & {{{}{{e}}}};", product_bits - low);
    product = "term";
  }
  text.line("  logic {}sum;", range(top, low));
  if (design.config.overflow == pe::Overflow::wrap) {
    text.line("  assign sum = p_in + {};", widened(design, product, design.sum_bits()));
    text.line();
    return;
  }
  // Wide enough for any sum of an accumulator and a product: unsigned products are signed in 17 bits.
  const unsigned product_width = product_bits + (design.multiplier.operands == pe::Operands::u8u8);
  const unsigned wide = std::max(design.sum_bits(), product_width) + 1, over = wide - design.sum_bits();
  text.line("  // Sums that do not fit take the nearer bound.");
  text.line("  logic [{}:0] wide_sum;", wide - 1);
  text.line("  assign wide_sum = {{{}, p_in}} + {};", repeated(over, fmt::format("p_in[{}]", top)),
            widened(design, product, wide));
  text.line("  logic fits;");
  text.line("  assign fits = wide_sum[{}:{}] == {{{}{{wide_sum[{}]}}}};", wide - 1, top, over + 1, wide - 1);
  text.line("  assign sum = fits ? wide_sum[{0}:0] : {{wide_sum[{1}], {{{0}{{~wide_sum[{1}]}}}}}};", top,
            wide - 1);
  text.line();
}

void write_weight_out(Text& text, const Design& design) {
  text.line("  // A load passes down the column, from the register that it writes.");
  text.line("  assign w_out = {};", design.two_weights() ? "b_in ? w1 : w0" : "w0").line();
}

void write_register(Text& text, const Design& design, const PeRegister& one) {
  const Rule rule = rule_of(design, one.name);
  const std::string zero = fmt::format("{}'d0", one.width);
  if (design.config.clock_gating) {
    text.line("  logic {};", one.clock);
    text.line("  clock_gate gate_{} (.clk(clk), .enable(clear | {}), .gated({}));", one.name, rule.enable,
              one.clock);
    text.line("  always_ff @(posedge {}) {} <= clear ? {} : {};", one.clock, one.name, zero, rule.next);
  } else {
    text.line("  always_ff @(posedge clk)");
    text.line("    if (clear) {} <= {};", one.name, zero);
    text.line("    else if (run & {}) {} <= {};", rule.enable, one.name, rule.next);
  }
}

}  // namespace

std::string pe_module(const Design& design) {
  Text text;
  text.line("// Processing element of type {}.", pe::name_of(design.config));
  text.line("module {} {}", design.modules.pe, reset_parameter);
  write_ports(text, design);
  write_control(text, design);
  text.line("  logic [7:0] w0{};", design.two_weights() ? ", w1" : "").line();
  write_product(text, design);
  write_sum(text, design);
  write_weight_out(text, design);
  text.line("  logic clear;");
  text.line("  assign clear = rst & RESET_DATA;");
  for (const PeRegister& one : design.registers)
    if (one.is_register() && one.net_class != NetClass::control) write_register(text, design, one);
  text.line("endmodule");
  return text.take();
}

}  // namespace neartile::array::rtl
