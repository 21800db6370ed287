`timescale 1ns/1ps
module m #(parameter W = 8) (input signed [W-1:0] A, B, output signed [15:0] O);
  localparam [3:0] K = 4'd3, L = 2 ** 2;
  wire [8:0] s, t; /* two */
  assign s = $signed(A[7:4]) * B + K;
  assign {t[8], t[7:0]} = (A > B) ? A - B : {2{B[3 -: 4]}} << L;
  sub #(.N(9)) u (.x(s), .y(t), .z(O[8:0]));
  assign O[15:9] = (A == 8'h1f || !B) ? -7'sd1 : A >>> 1;
endmodule
module sub(x, y, z);
  parameter N = 2;
  input [N-1:0] x, y; output [N-1:0] z;
  xor g(z[0], x[0], y[0], x[1]);
  assign z[N-1:1] = x[N-1:1] ~^ y[1 +: N-1] | {N-1{&x}};
endmodule
