#include "neartile/pe/netlist_import.h"
#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using testing_support::first_difference;

Netlist read(const std::string& text) {
  return import_verilog(text, "c.v", generic_cells());
}

// The body of a module with the usual ports.
Netlist body(const std::string& text, unsigned product_bits = 16) {
  return read("module c(input [7:0] A, input [7:0] B, output [" + std::to_string(product_bits - 1) +
              ":0] O);\n" + text + "\nendmodule\n");
}

std::int32_t sign8(unsigned x) {
  return static_cast<std::int8_t>(x);
}
std::uint32_t low16(std::int64_t x) {
  return static_cast<std::uint16_t>(x);
}

TEST(ImportVerilog, OperandsBindByNameAndNotByPosition) {
  const std::string text =
      "module c(O, B, A); input [7:0] A, B; output [15:0] O; assign O = {A, B}; endmodule";
  EXPECT_EQ(first_difference(read(text), [](unsigned a, unsigned b) { return a << 8 | b; }), "");
  const Netlist swapped = import_verilog(text, "c.v", generic_cells(), {"B", "A", "O"});
  EXPECT_EQ(first_difference(swapped, [](unsigned a, unsigned b) { return b << 8 | a; }), "");
  const std::string other = "module c(input [7:0] x, w, output [8:0] y); assign y = x - w; endmodule";
  EXPECT_EQ(first_difference(import_verilog(other, "c.v", generic_cells(), {"x", "w", "y"}),
                             [](unsigned a, unsigned b) { return (a - b) & 511; }),
            "");
}

TEST(ImportVerilog, WiresThatAreAssignedToEachOtherAreOneNetWithoutGates) {
  const Netlist netlist = body("wire [7:0] x; wire y; assign x = A; assign y = x[3]; assign O = {15'b0, y};");
  EXPECT_TRUE(netlist.gates().empty());
  EXPECT_EQ(netlist.product()[0], netlist.activation()[3]);
  EXPECT_EQ(netlist.product()[1], Netlist::zero);
}

TEST(ImportVerilog, AGateIsNamedByTheWireThatItDrives) {
  const Netlist netlist = body("wire t; assign t = A[0] & B[0]; assign O = {15'd0, t};");
  ASSERT_EQ(netlist.gates().size(), 1u);
  EXPECT_EQ(netlist.nets()[netlist.gates()[0].output], "O[0]");
  EXPECT_EQ(netlist.cell_of(netlist.gates()[0]).name, "AND2");
}

TEST(ImportVerilog, HeadersAreReadInBothStyles) {
  const auto expected = [](unsigned a, unsigned b) { return a ^ b; };
  for (const char* text :
       {"module c(A, B, O);\n input [7:0] A;\n input [7:0] B;\n output [7:0] O;\n wire [7:0] A;\n wire [7:0] "
        "O;\n assign O = A ^ B;\nendmodule",
        "module c(input wire [7:0] A, B, output reg [7:0] O); assign O = A ^ B; endmodule",
        "`timescale 1ns/1ps\n`default_nettype none\n(* top *) module c /* x */ (input [0:7] A, // y\n input "
        "[0:7] B, output [0:7] O); assign O = A ^ B; endmodule",
        "module \\c (A,B,O); wire [7:0] O; output [7:0] O; input signed [7:0] A, B; assign O = A ^ B; "
        "endmodule"}) {
    EXPECT_EQ(first_difference(read(text), expected), "") << text;
  }
}

TEST(ImportVerilog, RangesRunInBothDirectionsAndMayBeginAnywhere) {
  EXPECT_EQ(first_difference(read("module c(input [0:7] A, input [11:4] B, output [7:0] O);"
                                  "assign O = {A[0], A[6:7], B[11], B[7:4]}; endmodule"),
                             [](unsigned a, unsigned b) {
                               return (a >> 7) << 7 | (a & 3) << 5 | (b >> 7) << 4 | (b & 15);
                             }),
            "");
  EXPECT_EQ(first_difference(
                body("wire [-1:-8] x; assign x = B; assign O = {x[-1], A[2 +: 3], A[6 -: 2]};"),
                [](unsigned a, unsigned b) { return (b >> 7) << 5 | (a >> 2 & 7) << 2 | (a >> 5 & 3); }),
            "");
}

TEST(ImportVerilog, BitwiseOperatorsHaveTheirPrecedence) {
  const auto check = [](const char* expression, const std::function<std::uint32_t(unsigned, unsigned)>& f) {
    EXPECT_EQ(first_difference(body(std::string("assign O = ") + expression + ";", 8),
                               [&](unsigned a, unsigned b) { return f(a, b) & 255; }),
              "")
        << expression;
  };
  check("~A & B | A ^ 8'h0f", [](unsigned a, unsigned b) { return (~a & b) | (a ^ 15); });
  check("A ~^ B", [](unsigned a, unsigned b) { return ~(a ^ b); });
  check("A ^~ B & 8'b1010_1010", [](unsigned a, unsigned b) { return ~(a ^ (b & 0xaa)); });
  check("A[0] ? B : A[1] ? ~B : 8'd7", [](unsigned a, unsigned b) { return a & 1 ? b : a & 2 ? ~b : 7; });
  check("A && B || !A", [](unsigned a, unsigned b) { return (a && b) || !a; });
  check("{&A, ~&A, |A, ~|A, ^A, ~^A, A == B, A != B}", [](unsigned a, unsigned b) {
    const unsigned parity = static_cast<unsigned>(__builtin_parity(a));
    return (a == 255) << 7 | (a != 255) << 6 | (a != 0) << 5 | (a == 0) << 4 | parity << 3 | !parity << 2 |
           (a == b) << 1 | static_cast<unsigned>(a != b);
  });
  check("{A < B, A <= B, A > B, A >= B}", [](unsigned a, unsigned b) {
    return (a < b) << 3 | (a <= b) << 2 | (a > b) << 1 | static_cast<unsigned>(a >= b);
  });
  check("{2{A[3:2], {2{B[7]}}}}", [](unsigned a, unsigned b) {
    const unsigned part = (a >> 2 & 3) << 2 | (b >> 7) * 3;
    return part << 4 | part;
  });
}

TEST(ImportVerilog, ArithmeticIsAsWideAsItsContext) {
  const auto check = [](const char* text, const std::function<std::int64_t(unsigned, unsigned)>& f) {
    EXPECT_EQ(first_difference(body(text), [&](unsigned a, unsigned b) { return low16(f(a, b)); }), "")
        << text;
  };
  check("assign O = A * B;", [](unsigned a, unsigned b) { return a * b; });
  check("assign O = A + B;", [](unsigned a, unsigned b) { return a + b; });
  check("assign O = A - B;", [](unsigned a, unsigned b) { return std::int64_t{a} - b; });
  check("assign O = -A;", [](unsigned a, unsigned) { return -std::int64_t{a}; });
  check("wire [7:0] s; assign s = A + B; assign O = s;",
        [](unsigned a, unsigned b) { return (a + b) & 255; });
  check("assign O = {A + B};", [](unsigned a, unsigned b) { return (a + b) & 255; });
  check("wire c; wire [7:0] s; assign {c, s} = A + B; assign O = {c, s};",
        [](unsigned a, unsigned b) { return a + b; });
  check("assign O = (A + B) >> 1;", [](unsigned a, unsigned b) { return (a + b) >> 1; });
  check("assign O = A << 3;", [](unsigned a, unsigned) { return a << 3; });
  check("assign O = A << B[2:0];", [](unsigned a, unsigned b) { return a << (b & 7); });
  check("assign O = A >> B;", [](unsigned a, unsigned b) { return b < 8 ? a >> b : 0; });
  check("assign O = (A > B) + 1;", [](unsigned a, unsigned b) { return (a > b) + 1; });
  check("assign O = A * 5 + 3;", [](unsigned a, unsigned) { return a * 5 + 3; });
}

TEST(ImportVerilog, ArithmeticIsSignedWhereAllOperandsAre) {
  const auto check = [](const char* text, const std::function<std::int64_t(unsigned, unsigned)>& f) {
    const std::string module =
        std::string("module c(input signed [7:0] A, B, output signed [15:0] O);") + text + " endmodule";
    EXPECT_EQ(first_difference(read(module), [&](unsigned a, unsigned b) { return low16(f(a, b)); }), "")
        << text;
  };
  check("assign O = A * B;", [](unsigned a, unsigned b) { return sign8(a) * sign8(b); });
  check("assign O = A + B;", [](unsigned a, unsigned b) { return sign8(a) + sign8(b); });
  check("assign O = A + 8'sd5;", [](unsigned a, unsigned) { return sign8(a) + 5; });
  check("assign O = A - 200;", [](unsigned a, unsigned) { return sign8(a) - 200; });
  check("assign O = A + 8'd5;", [](unsigned a, unsigned) { return a + 5; });
  check("assign O = A + $unsigned(B);", [](unsigned a, unsigned b) { return a + b; });
  check("assign O = A[7:0] * B[7:0];", [](unsigned a, unsigned b) { return a * b; });
  check("assign O = $signed(A[7:0]) * B;", [](unsigned a, unsigned b) { return sign8(a) * sign8(b); });
  check("assign O = $signed({1'b0, A}) * B;",
        [](unsigned a, unsigned b) { return std::int64_t{a} * sign8(b); });
  check("assign O = A >>> 2;", [](unsigned a, unsigned) { return sign8(a) >> 2; });
  check("assign O = A >> 2;", [](unsigned a, unsigned) { return low16(sign8(a)) >> 2; });
  check("assign O = A < B;", [](unsigned a, unsigned b) { return sign8(a) < sign8(b); });
  check("assign O = A[0] ? B : -1;", [](unsigned a, unsigned b) { return a & 1 ? sign8(b) : -1; });
  check("wire [15:0] t; assign t = A; assign O = t;", [](unsigned a, unsigned) { return sign8(a); });
}

TEST(ImportVerilog, ParametersAreConstantExpressions) {
  EXPECT_EQ(
      first_difference(body("localparam W = 4, H = W * 2 - 1; parameter signed [3:0] K = 4'd15;"
                            "wire [H:W] high; assign high = A[H:W]; localparam [7:0] M = 2 ** 4 + 7 / 2;"
                            "assign O = {high, B[W - 1 : 0]} * M - K + (1 << W) % 7;"),
                       [](unsigned a, unsigned b) {
                         // K is signed but M is not: K counts as 16 bits without sign extension.
                         return low16(std::int64_t{(a >> 4 << 4 | (b & 15))} * 19 - 15 + 2);
                       }),
      "");
}

TEST(ImportVerilog, ModulesOfTheFileAreFlattenedWithTheirParameters) {
  const Netlist netlist = read(R"(
module top(input [7:0] A, B, output [15:0] O);
  wire [8:0] s;
  add #(.W(8)) first (.x(A), .y(~B), .s(s));
  add #(9) second (s, {1'b0, A & B}, O[9:0]);
  add third (.x(1'b1), .y(A[0]), .s(O[11:10]));
  assign O[15:12] = 0;
endmodule
module add(x, y, s);
  parameter W = 1;
  input [W-1:0] x, y;
  output [W:0] s;
  assign s = x + y;
endmodule
)");
  EXPECT_EQ(netlist.name(), "top");
  EXPECT_EQ(
      first_difference(
          netlist, [](unsigned a, unsigned b) { return (a + (~b & 255) + (a & b)) | (1 + (a & 1)) << 10; }),
      "");
}

TEST(ImportVerilog, GatePrimitivesTakeAnyNumberOfInputs) {
  EXPECT_EQ(first_difference(body("and #1 g0(O[0], A[0], A[1], A[2]); nand (O[1], A[0], B[0], A[1]);"
                                  "or (O[2], A[0], B[0]), (O[3], A[1], B[1]); nor g4(O[4], A[0], B[0], B[1]);"
                                  "xor (O[5], A[0], B[0], B[1]); xnor (O[6], A[0], B[0]); not (O[7], A[0]);"
                                  "buf (O[8], O[9], B[7]); assign O[15:10] = 6'o0;"),
                             [](unsigned a, unsigned b) {
                               const auto bit = [](unsigned x, unsigned i) { return x >> i & 1; };
                               const unsigned a0 = bit(a, 0), b0 = bit(b, 0), a1 = bit(a, 1), b1 = bit(b, 1);
                               return (a0 & a1 & bit(a, 2)) | (1 - (a0 & b0 & a1)) << 1 | (a0 | b0) << 2 |
                                      (a1 | b1) << 3 | (1 - (a0 | b0 | b1)) << 4 | (a0 ^ b0 ^ b1) << 5 |
                                      (1 - (a0 ^ b0)) << 6 | (1 - a0) << 7 | bit(b, 7) << 8 | bit(b, 7) << 9;
                             }),
            "");
}

// A ripple adder and one gate of each kind, in the style of the published circuits.
TEST(ImportVerilog, CellsOfTheEvoApproxLibraryAreKnownWithAndWithoutPrefix) {
  std::string text;
  for (const char* prefix : {"", "PDKGEN"}) {
    const auto cell = [&](const std::string& rest) { return std::string("  ") + prefix + rest + "\n"; };
    text =
        "  wire [2031:0] N;\n  assign N[0] = A[0]; assign N[1] = A[0];\n" +
        cell("HAX1 n2(.A(N[0]), .B(B[0]), .YS(O[0]), .YC(N[2]));") +
        cell("FAX1 n3(.A(A[1]), .B((A[2] & B[1])), .C(N[2]), .YS(O[1]), .YC(O[2]));") +
        cell("AND2X1 n4(.A(A[0]), .B(B[0]), .Y(O[3]));") + cell("OR2X1 n5(.A(A[0]), .B(B[0]), .Y(O[4]));") +
        cell("XOR2X1 n6(.A(A[0]), .B(B[0]), .Y(O[5]));") + cell("XNOR2X1 n7(.A(A[0]), .B(B[0]), .Y(O[6]));") +
        cell("NAND2X1 n8(.A(A[0]), .B(B[0]), .Y(O[7]));") + cell("NOR2X1 n9(.A(A[0]), .B(B[0]), .Y(O[8]));") +
        cell("NAND3X1 n10(.A(A[0]), .B(B[0]), .C(A[1]), .Y(O[9]));") +
        cell("NOR3X1 n11(.A(A[0]), .B(B[0]), .C(A[1]), .Y(O[10]));") +
        cell("MUX2X1 n12(.A(A[1]), .B(B[1]), .S(A[0]), .Y(O[11]));") +
        cell("AOI21X1 n13(.A(A[0]), .B(B[0]), .C(A[1]), .Y(O[12]));") +
        cell("OAI21X1 n14(.A(A[0]), .B(B[0]), .C(A[1]), .Y(O[13]));") +
        cell("INVX1 n15(.A(A[0]), .Y(O[14]));") + cell("BUFX2 n16(.A(1'b1), .Y(O[15]));");
    EXPECT_EQ(first_difference(body(text),
                               [](unsigned a, unsigned b) {
                                 const unsigned a0 = a & 1, b0 = b & 1, a1 = a >> 1 & 1, b1 = b >> 1 & 1;
                                 const unsigned sum = a1 + ((a >> 2 & 1) & b1) + (a0 & b0);
                                 return (a0 ^ b0) | sum << 1 | (a0 & b0) << 3 | (a0 | b0) << 4 |
                                        (a0 ^ b0) << 5 | (1 ^ a0 ^ b0) << 6 | (1 - (a0 & b0)) << 7 |
                                        (1 - (a0 | b0)) << 8 | (1 - (a0 & b0 & a1)) << 9 |
                                        (1 - (a0 | b0 | a1)) << 10 | (a0 ? b1 : a1) << 11 |
                                        (1 - ((a0 & b0) | a1)) << 12 | (1 - ((a0 | b0) & a1)) << 13 |
                                        (1 - a0) << 14 | 1 << 15;
                               }),
              "")
        << prefix;
  }
}

TEST(ImportVerilog, AModuleOfTheFileComesBeforeACellOfItsName) {
  const Netlist netlist = read(
      "module c(input [7:0] A, B, output O); AND2X1 u(.A(A[0]), .B(B[0]), .Y(O)); endmodule\n"
      "module AND2X1(input A, input B, output Y); assign Y = A | B; endmodule\n"
      "module PDKGENUNUSED(input A, output Y); assign Y = A; endmodule\n");
  EXPECT_EQ(first_difference(netlist, [](unsigned a, unsigned b) { return (a | b) & 1; }), "");
}

TEST(ImportVerilog, LiteralsComeInAllBases) {
  EXPECT_EQ(
      first_difference(
          body("assign O = (A[0] ? 16'hBe_eF : 16 'o0_17) ^ (B[0] ? 'b101 : 12'd1_000) ^ 4'bx1x0;"),
          [](unsigned a, unsigned b) { return ((a & 1) ? 0xbeefu : 017u) ^ ((b & 1) ? 5u : 1000u) ^ 4u; }),
      "");
}

TEST(ImportVerilog, UndeclaredWiresBetweenInstancesAreSingleBits) {
  EXPECT_EQ(first_difference(body("AND2X1 u0(A[0], B[0], t); assign v = ~t; INVX1 u1(.A(v), .Y(O[0]));"
                                  "supply1 h; supply0 [6:0] l; wire k = h; assign O[15:1] = {l, {8{k}}};"),
                             [](unsigned a, unsigned b) { return (a & b & 1) | 0x1fe; }),
            "");
}

TEST(ImportVerilog, AnExactMultiplierOfRipplingRowsIsExact) {
  std::string text = "wire [15:0] s0; assign s0 = {8'b0, A & {8{B[0]}}};\n";
  for (int row = 1; row < 8; ++row) {
    const std::string r = std::to_string(row), before = std::to_string(row - 1);
    text += "wire [15:0] s" + r + "; assign s" + r + " = s" + before + " + ({8'b0, A & {8{B[" + r +
            "]}}} << " + r + ");\n";
  }
  EXPECT_EQ(first_difference(body(text + "assign O = s7;"), [](unsigned a, unsigned b) { return a * b; }),
            "");
}

}  // namespace
}  // namespace neartile::pe
