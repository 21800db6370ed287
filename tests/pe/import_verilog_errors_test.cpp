#include "neartile/pe/netlist_import.h"
#include "support/netlist_checks.h"

namespace neartile::pe {
namespace {

using testing_support::error_of;

std::string error_in(const std::string& text, const PortBinding& ports = {}) {
  return error_of([&] { import_verilog(text, "c.v", generic_cells(), ports); });
}

// Of a module whose header is line 1.
std::string error_in_body(const std::string& text) {
  return error_in("module c(input [7:0] A, B, output [15:0] O);\n" + text + "\nendmodule\n");
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

struct Refused {
  std::string text;
  std::string line;
};

TEST(ImportVerilogErrors, NameFileAndLineAndWhatIsWrongInABody) {
  const std::vector<Refused> all{
      {"assign O = A +;", "c.v:2: found \";\", expected a name, a number, '(' or '{'"},
      {"assign O = A B;", "c.v:2: found \"B\", expected ';'"},
      {"assign O = (A;", "c.v:2: found \";\", expected ')'"},
      {"assign O = {A, B;", "c.v:2: found \";\", expected '}'"},
      {"assign O = C;", "c.v:2: \"C\" is not declared in module \"c\""},
      {"assign O[16] = A[0];", "c.v:2: \"O[16]\" is outside of its range, expected [15:0]"},
      {"assign O = A[8];", "c.v:2: \"A[8]\" is outside of its range, expected [7:0]"},
      {"assign O = A[0:3];", "c.v:2: \"A[0:3]\" is outside of its range, expected [7:0]"},
      {"assign O = A[B];", "c.v:2: found wires, expected a constant"},
      {"wire t; assign O = t[0];", "c.v:2: \"t\" is indexed, but it is one wire"},
      {"assign O = A[1][0];", "c.v:2: a second index, expected vectors only"},
      {"assign O = t.x;", "c.v:2: a name of another module's inside, expected a name of this module"},
      {"assign O = f(A);", "c.v:2: a function is called, expected operators and instances only"},
      {"assign O = $random;", "c.v:2: found \"$random\", expected $signed or $unsigned"},
      {"assign A = B;", "c.v:2: net \"A[0]\" is driven, but it is an input"},
      {"assign O = A;\nassign O[3] = B[0];", "c.v:3: net \"O[3]\" is driven twice, first in line 2"},
      {"wire t;\nassign O = t;", "c.v:1: net \"t\" is read but not driven"},
      {"wire t, u;\nassign t = u;\nassign u = t; assign O = t;", "c.v:3: net \"t\" drives itself"},
      {"wire t;\nassign t = t & A[0];\nassign O = t;",
       "c.v:3: net 'O[0]' is part of a combinational loop, or behind one"},
      {"assign A + B = O;", "c.v:2: found \"+\", expected '='"},
      {"localparam P = 3; assign P = A;", "c.v:2: parameter \"P\" is driven, expected a wire"},
      {"localparam P = A;", "c.v:2: \"A\" is not declared in module \"c\""},
      {"localparam P = 1 / 0;", "c.v:2: a division by 0"},
      {"localparam P = 1, P = 2;", "c.v:2: parameter \"P\" is there twice"},
      {"wire t;\nwire t;", "c.v:3: \"t\" is declared twice, first in line 2"},
      {"wire [3:0] t;\nlocalparam t = 1;", "c.v:2: \"t\" is a parameter already"},
      {"wire [4096:0] t;", "c.v:2: a vector of 4097 bits, expected at most 4096"},
      {"wire [7:0] t [0:3];", "c.v:2: an array of vectors, expected wires and vectors"},
      {"wire [1 << 30 : 0] t;", "c.v:2: a vector of 1073741825 bits, expected at most 4096"},
      {"assign O = {0{A}};", "c.v:2: a replication 0 times, expected 1 to 4096"},
      {"assign O = A / B;", "c.v:2: '/' of wires, expected constants of at most 62 bits"},
      {"assign O = 4'hg;",
       "c.v:2: \"4'hg\" is no number that is taken here, expected digits of its base (z is not taken)"},
      {"assign O = 3'b102;",
       "c.v:2: \"3'b102\" is no number that is taken here, expected digits of its base (z is not taken)"},
      {"assign O = 8'bz;",
       "c.v:2: \"8'bz\" is no number that is taken here, expected digits of its base (z is not taken)"},
      {"assign O = 0'd1;",
       "c.v:2: \"0'd1\" is no number that is taken here, expected a size of 1 to 4096 bits"},
      {"assign O = 99999999999;",
       "c.v:2: \"99999999999\" is no number that is taken here, expected at most 4294967295, or a size as in "
       "64'd0"},
      {"assign O = 1.5;", "c.v:2: a real number, expected an integer"},
      {"assign O = 8'\n loc;",
       "c.v:2: \"8'? loc\" is no number that is taken here, expected a base of b, o, d or h"},
      {"assign O = 8'd;", "c.v:2: \"8'd\" is no number that is taken here, expected digits"},
      {"assign O = #A;", "c.v:2: found \"#\", expected a name, a number, '(' or '{'"},
      {"always @(posedge A[0]) O = B;",
       "c.v:2: 'always' is behavioural, expected declarations, 'assign' and instances (let Yosys make gates "
       "of it)"},
      {"initial O = 0;",
       "c.v:2: 'initial' is behavioural, expected declarations, 'assign' and instances (let Yosys make gates "
       "of it)"},
      {"function f; endfunction",
       "c.v:2: 'function' is behavioural, expected declarations, 'assign' and instances (let Yosys make "
       "gates of it)"},
      {"generate endgenerate",
       "c.v:2: 'generate' is behavioural, expected declarations, 'assign' and instances (let Yosys make "
       "gates of it)"},
      {"inout x;", "c.v:2: an inout port, expected input and output"},
      {"UNKNOWN u(.A(A[0]));", "c.v:2: \"UNKNOWN\" is neither a module of this file nor a known cell"},
      {"AND2X1 u(.A(A[0]), .B(B[0]), .Z(O[0]));", "c.v:2: cell 'AND2' has no pin \"Z\", expected pins B A Y"},
      {"AND2X1 u(.A(A[0]), .Y(O[0]));", "c.v:2: input pin 'B' of cell 'AND2' is not connected"},
      {"AND2X1 u(.A(A[0]), .A(A[1]), .B(B[0]), .Y(O[0]));", "c.v:2: pin \"A\" is connected twice"},
      {"AND2X1 u(.A(A), .B(B[0]), .Y(O[0]));", "c.v:2: pin \"A\" is connected to 8 bits, expected 1"},
      {"AND2X1 u(.A(A[0]), .B(B[0]), .Y(~O[0]));", "c.v:2: an expression is driven, expected wires"},
      {"AND2X1 u(A[0], B[0], O[0], O[1]);", "c.v:2: 4 connections, expected the 3 pins of cell \"AND2X1\""},
      {"AND2X1 #(.X(1)) u(A[0], B[0], O[0]);",
       "c.v:2: parameters are given to cell \"AND2X1\", expected none"},
      {"AND2X1 u [3:0] (A[0], B[0], O[0]);", "c.v:2: an array of instances, expected single ones"},
      {"AND2X1 u(.A(1), .B(2), .Y(O[0]));", "c.v:2: pin \"B\" is connected to 32 bits, expected 1"},
      {"and (O[0]);", "c.v:2: gate 'and' is connected by position to its output and at least one input"},
      {"and (O[0], );", "c.v:2: gate 'and' is connected by position to its output and at least one input"},
      {"c u(.A(A), .B(B), .O(O));", "c.v:1: module \"c\" contains itself"},
      {"assign O = A; /* no end", "c.v:2: comment without end, expected '*/'"},
      {"assign O = \"text\";", "c.v:2: found \"text\", expected a name, a number, '(' or '{'"},
      {"assign O = `WIDTH;", "c.v:2: directive or macro `WIDTH is not taken, expected a preprocessed file"},
      {"assign O = A @ B;", "c.v:2: found \"@\", expected ';'"},
      {"assign O = A € B;", "c.v:2: unexpected character \"?\""},
      {"`include \"x.v\"", "c.v:2: directive or macro `include is not taken, expected a preprocessed file"},
      {"specify (A => O) = 1;", "c.v:4: found the end of the file, expected 'endspecify'"},
      {"\\ x;", "c.v:2: '\\' without a name"},
  };
  for (const Refused& bad : all) EXPECT_EQ(error_in_body(bad.text), bad.line) << bad.text.substr(0, 300);
}

TEST(ImportVerilogErrors, NameFileAndLineAndWhatIsWrongInAFile) {
  const std::vector<Refused> all{
      {"", "c.v:1: found the end of the file, expected 'module'"},
      {"wire x;", "c.v:1: found \"wire\", expected 'module'"},
      {"module", "c.v:1: found the end of the file, expected the name of a module"},
      {"module m(input [7:0] A, B, output O);\nassign O = A[0];",
       "c.v:2: found the end of the file, expected a declaration, 'assign', an instance or 'endmodule'"},
      {"module m(A, B, O);\ninput [7:0] A;\noutput O;\nendmodule",
       "c.v:1: port \"B\" of module \"m\" is neither input nor output"},
      {"module m(input [7:0] A, B, output O); endmodule\nmodule m(input x); endmodule",
       "c.v:2: module \"m\" is there twice"},
      {"module m(input [7:0] A, B, output O);\nx u(.a(A[0]), .q(O));\nendmodule\nmodule x(input a, output "
       "o); endmodule",
       "c.v:2: module \"x\" has no port \"q\""},
      {"module m(input [7:0] A, B, output O);\nx u(.a(A[0]), .a(O));\nendmodule\nmodule x(input a, output "
       "o); endmodule",
       "c.v:2: port \"a\" is connected twice"},
      {"module m(input [7:0] A, B, output O);\nx u(A[0], O, B);\nendmodule\nmodule x(input a, output o); "
       "endmodule",
       "c.v:2: 3 connections, expected the 2 ports of module \"x\""},
      {"module m(input [7:0] A, B, output O);\nx #(.W(3)) u(A[0], O);\nendmodule\nmodule x(input a, output "
       "o); endmodule",
       "c.v:2: parameters are given that module \"x\" has not"},
      {"module m(input [7:0] A, B, output O);\nx u(A[0], O);\nendmodule\nmodule x(input a, output o); y u(a, "
       "o); endmodule\nmodule y(input a, output o); x u(a, o);\nendmodule",
       "c.v:4: module \"x\" contains itself"},
      {"module m(input [7:0] A, B, output O);\nx u(.o(O));\nendmodule\nmodule x(input a, output o);\nassign "
       "o = ~a; endmodule",
       "c.v:5: net \"u.a\" is read but not driven"},
      {"module m(input [7:0] A, B, output O);\nendmodule", "c.v:1: net \"O\" is read but not driven"},
      {"module m(input [7:0] A, B, output O);\nassign O = 0; endmodule\nmodule n(input [7:0] A, B, output "
       "O);\nassign O = 1; endmodule",
       "c.v:3: modules \"m\" and \"n\" both have the ports \"A\", \"B\" and \"O\", expected one"},
      {"module m(input [7:0] A, B, output O, inout x);\nendmodule",
       "c.v:1: an inout port, expected input and output"},
      {"module m(input [7:0] A, B,\noutput [7:0] O);\nwire [6:0] O; endmodule",
       "c.v:3: \"O\" has another range than in line 2"},
      {"module m #(W = 3)(input [7:0] A, B, output O); endmodule",
       "c.v:1: found \"W\", expected 'parameter'"},
  };
  for (const Refused& bad : all) EXPECT_EQ(error_in(bad.text), bad.line) << bad.text.substr(0, 300);
}

TEST(ImportVerilogErrors, APortThatIsMissingListsThoseThatAreThere) {
  const std::string text = "module m(input [7:0] x, input [6:0] w, output [39:0] y);\nendmodule";
  EXPECT_EQ(error_in(text, {"A", "w", "y"}),
            "c.v:1: module \"m\" has no activation \"A\", expected an input of 8 bits; the ports are: input "
            "\"w\" (7), input \"x\" (8), output \"y\" (40)");
  EXPECT_EQ(error_in(text, {"x", "w", "y"}),
            "c.v:1: module \"m\" has no weight \"w\", expected an input of 8 bits; the ports are: input "
            "\"w\" (7), input \"x\" (8), output \"y\" (40)");
  EXPECT_EQ(error_in(text, {"x", "x", "y"}),
            "c.v:1: activation and weight are the same port, expected two; the ports are: input \"w\" (7), "
            "input \"x\" (8), output \"y\" (40)");
  EXPECT_EQ(error_in("module m(input [7:0] x, w, output [39:0] y);\nendmodule", {"x", "w", "y"}),
            "c.v:1: module \"m\" has no product \"y\", expected an output of 1 to 32 bits; the ports are: "
            "input \"w\" (8), input \"x\" (8), output \"y\" (40)");
  EXPECT_EQ(error_in("module m(input [7:0] x, w, output y, input clk);\nendmodule", {"x", "w", "y"}),
            "c.v:1: input \"clk\" is beside the operands, expected \"x\" and \"w\" only");
}

TEST(ImportVerilogErrors, ChainsAndNestsStayWithinTheStack) {
  EXPECT_EQ(error_in_body("assign O = " + repeated("(", 100'000) + "A" + repeated(")", 100'000) + ";"),
            "c.v:2: expression nested more than 200 deep");
  EXPECT_EQ(error_in_body("assign O = " + repeated("~", 100'000) + "A;"),
            "c.v:2: expression nested more than 200 deep");
  EXPECT_EQ(error_in_body("assign O = " + repeated("{", 100'000) + "A;"),
            "c.v:2: expression nested more than 200 deep");
  EXPECT_EQ(error_in_body("assign O = " + repeated("A[", 100'000) + "0;"),
            "c.v:2: expression nested more than 200 deep");
  EXPECT_EQ(error_in_body("assign O = A" + repeated("\n^ A", 2000) + ";"),
            "c.v:1003: expression of more than 1000 operators in a row");
  EXPECT_EQ(error_in_body("assign O = " + repeated("A ? B : ", 100'000) + "A;"),
            "c.v:2: expression nested more than 200 deep");
  EXPECT_EQ(error_in_body("assign O = A" + repeated("\n^ B", 900) + ";"), "");
}

TEST(ImportVerilogErrors, SmallFilesCannotAskForEndlessWork) {
  std::string doubling = "module m0(input x, output y); assign y = x; endmodule\n";
  for (int i = 1; i < 30; ++i) {
    const std::string below = "m" + std::to_string(i - 1);
    doubling += "module m" + std::to_string(i) + "(input x, output y); wire a, b; " + below + " u(x, a); " +
                below + " v(x, b); assign y = a ^ b; endmodule\n";
  }
  doubling += "module c(input [7:0] A, B, output O); m29 u(A[0], O); endmodule\n";
  EXPECT_EQ(error_in(doubling), "c.v: the circuit has more than 400000 nets");
  EXPECT_EQ(error_in_body("wire [4095:0] x; assign x = {512{A}} * {512{B}}; assign O = x;"),
            "c.v:2: the circuit has more than 150000 gates");
  EXPECT_EQ(error_in_body(repeated("wire [4095:0] x; ", 1) + "assign x = {4097{A[0]}};"),
            "c.v:2: a replication 4097 times, expected 1 to 4096");
  std::string wires;
  for (int i = 0; i < 200; ++i) wires += "wire [4095:0] x" + std::to_string(i) + ";\n";
  EXPECT_EQ(error_in_body(wires), "c.v: the circuit has more than 400000 nets");
  EXPECT_EQ(error_in(std::string((16u << 20) + 1, ' ')),
            "c.v: is 16777217 bytes long, expected at most 16777216");
}

}  // namespace
}  // namespace neartile::pe
