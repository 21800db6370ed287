module g(input [0:7] A, B, output O);
  supply1 one; wire a, b = A[7];
  nand #1 (a, A[0], B[0], one), x1(c, a, b);
  not (d, c); buf (O, \esc[1] );
  OAI21X1 u(A[1], d, B[1], \esc[1] );
endmodule
