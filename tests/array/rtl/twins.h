#pragma once

#include <random>
#include <string>
#include <vector>

#include "array/random_operands.h"
#include "neartile/array/rtl.h"
#include "neartile/pe/multiplier.h"
#include "neartile/pe/netlist_import.h"

namespace neartile::array::testing_support {

/// Not commutative, and f(a, 0) is not 0.
inline pe::Circuit imported_circuit(pe::Operands operands) {
  static const char* const text =
      "module lopsided(input signed [7:0] A, input signed [7:0] B, output signed [15:0] O);\n"
      "  assign O = A * B + (A >>> 3) - (B[2] & A[0]);\n"
      "endmodule\n";
  return circuit_of(
      std::make_shared<pe::Netlist>(pe::import_verilog(text, "lopsided.v", pe::generic_cells())), operands);
}

inline RtlArray twin(std::uint64_t rows, std::uint64_t columns, const pe::PeConfig& config) {
  return {{rows, columns, config}, as_circuit(pe::make_multiplier(config.multiplier, config.format))};
}

/// The arrays whose RTL ordinary tests compare with the models.
inline std::vector<RtlArray> usual_twins() {
  using pe::Format;
  using pe::Overflow;
  std::vector<RtlArray> twins{
      twin(1, 1, {Format::u8s8, "exact", 32, Overflow::wrap, 2, true}),
      twin(1, 5, {Format::u8s8, "truncated(4)", 18, Overflow::wrap, 1, false}),
      twin(7, 3, {Format::u8s8, "truncated(6)", 24, Overflow::wrap, 1, true}),
      twin(16, 16, {Format::u8s8, "truncated(8)", 24, Overflow::wrap, 2, true}),
      twin(5, 4, {Format::s8s8, "drum(4)", 16, Overflow::saturate, 2, false}),
      twin(4, 2, {Format::u8s8, "truncated(8,100)", 17, Overflow::saturate, 1, true}),
      twin(2, 8, {Format::s8s8, "exact.s8s8.native", 32, Overflow::saturate, 2, true}),
      twin(3, 6, {Format::s8s8, "exact", 20, Overflow::wrap, 2, true})};
  twins.back().multiplier = imported_circuit(pe::Operands::s8s8);
  return twins;
}

/// Drawn at random; number `index` is always the same.
inline RtlArray random_twin(std::size_t index) {
  static const char* const multipliers[] = {"exact",   "truncated(3)", "truncated(7)", "truncated(8,100)",
                                            "drum(3)", "drum(6)",      "mitchell",     "exact_tree"};
  std::mt19937 random(static_cast<unsigned>(1000 + index));
  pe::PeConfig config = random_type(random).config;
  config.multiplier = multipliers[random() % std::size(multipliers)];
  config.clock_gating = random() % 2 == 0;
  const std::uint64_t rows = random_between(random, 1, 9), columns = random_between(random, 1, 9);
  RtlArray one = twin(rows, columns, config);
  if (config.format == pe::Format::s8s8 && random() % 3 == 0)
    one.multiplier = imported_circuit(pe::Operands::s8s8);
  return one;
}

}  // namespace neartile::array::testing_support
