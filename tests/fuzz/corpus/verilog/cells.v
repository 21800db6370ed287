module mul(A, B, O);
  input [7:0] A;
  input [7:0] B;
  output [15:0] O;
  wire [40:0] N;
  assign N[0] = A[0];
  PDKGENAND2X1 n2(.A(N[0]), .B(B[0]), .Y(N[2]));
  HAX1 n3(.A(A[1]), .B(N[2]), .YS(N[3]), .YC(N[4]));
  FAX1 n5(.A(A[2]), .B((A[3] & B[1])), .C(N[4]), .YS(N[5]), .YC(N[6]));
  MUX2X1 n7(.A(N[5]), .B(~N[6]), .S(B[2]), .Y(N[7]));
  assign O = {N[7], N[6:2], {9{1'b0}}, N[0]};
endmodule
module PDKGENAND2X1(input A, input B, output Y);
  assign Y = A & B;
endmodule
