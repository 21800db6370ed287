#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "neartile/pe/multiplier.h"

namespace neartile::pe {

/// How a circuit reads its operands, activation first: unsigned or two's complement.
enum class Operands : std::uint8_t { u8u8, u8s8, s8s8 };

std::string_view to_string(Operands operands);
/// Reads "u8u8", "u8s8" or "s8s8"; throws InputError.
Operands parse_operands(std::string_view text);
constexpr Operands operands_of(Format format) {
  return format == Format::u8s8 ? Operands::u8s8 : Operands::s8s8;
}

/// The integers that operand patterns stand for.
constexpr int activation_value(Operands operands, std::uint8_t pattern) {
  return operands == Operands::s8s8 ? int{static_cast<std::int8_t>(pattern)} : int{pattern};
}
constexpr int weight_value(Operands operands, std::uint8_t pattern) {
  return operands == Operands::u8u8 ? int{pattern} : int{static_cast<std::int8_t>(pattern)};
}

/// Any 8x8 multiplier: PEs contain the signed ones, bf16 significands and reports want cores too.
struct Circuit {
  std::string name;
  Operands operands = Operands::u8u8;
  bool exact = false;
  std::shared_ptr<const TruthTable> table;
  std::shared_ptr<const Netlist> netlist = nullptr;

  /// The product as an integer: of u8u8 the table's 16 bits are unsigned.
  int product(std::uint8_t activation, std::uint8_t weight) const {
    const std::int16_t bits = table->product(activation, weight);
    return operands == Operands::u8u8 ? int{static_cast<std::uint16_t>(bits)} : int{bits};
  }
};

/// Makes a multiplier by its full name: FAMILY.u8u8 (the core alone), FAMILY.u8s8.sm, FAMILY.s8s8.sm
/// (sign-magnitude wrappers; ".sm" may be left out) or FAMILY.s8s8.native (two's complement throughout);
/// FAMILY alone means FAMILY.u8s8.sm. Throws InputError.
Circuit make_circuit(std::string_view full_name);

/// A circuit of any netlist. Products of fewer than 16 bits are sign-extended where the operands are
/// signed; wider ones must fit in 16 bits for every pair of operands, else InputError.
Circuit circuit_of(std::shared_ptr<const Netlist> netlist, Operands operands);

/// A circuit as PEs of its format contain it; throws InputError for u8u8, which no PE has.
Multiplier as_multiplier(const Circuit& circuit);
/// A PE's multiplier as a circuit, with its format in the name.
Circuit as_circuit(const Multiplier& multiplier);

/// The products of all operand patterns, [activation << 8 | weight], by the family's definition in
/// integers, without gates: the judge of netlists.
std::vector<std::int32_t> defined_products(std::string_view full_name);

}  // namespace neartile::pe
