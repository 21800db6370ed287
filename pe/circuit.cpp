#include "neartile/pe/circuit.h"

#include <fmt/format.h>

#include "circuits/sign_magnitude.h"
#include "multiplier_name.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/netlist_evaluation.h"

namespace neartile::pe {
namespace {

constexpr std::string_view operand_words[] = {"u8u8", "u8s8", "s8s8"};

Bus product_gates(Gates& gates, const MultiplierName& name) {
  switch (name.form) {
    case Form::core:
      return name.family->core_gates(gates, gates.activation(), gates.weight(), name.parameters);
    case Form::native:
      return name.family->native_gates(gates, gates.activation(), gates.weight(), name.parameters);
    case Form::sign_magnitude:
      break;
  }
  return sign_magnitude_gates(gates, name, name.operands.value_or(Operands::u8s8));
}

// The product net's pattern as an integer.
std::int64_t value_of(std::uint32_t pattern, std::size_t width, Operands operands) {
  if (operands == Operands::u8u8) return pattern;
  const auto unused = static_cast<unsigned>(64 - width);
  return static_cast<std::int64_t>(std::uint64_t{pattern} << unused) >> unused;
}

std::int16_t table_entry(std::int64_t value, const Netlist& netlist, Operands operands, std::size_t pair) {
  const bool is_signed = operands != Operands::u8u8;
  if (value < (is_signed ? INT16_MIN : 0) || value > (is_signed ? INT16_MAX : UINT16_MAX))
    throw InputError(netlist.name(), fmt::format("the product of patterns {} and {} is {}, expected 16 bits",
                                                 pair >> 8, pair & 0xff, value));
  return static_cast<std::int16_t>(value);
}

std::int32_t defined_product(const MultiplierName& name, int a, int w) {
  if (name.form == Form::native) return static_cast<std::int16_t>(name.family->native(a, w, name.parameters));
  if (name.form == Form::sign_magnitude) return sign_magnitude_product(name, a, w);
  return static_cast<std::int32_t>(
      name.family->core(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(w), name.parameters));
}

}  // namespace

std::string_view to_string(Operands operands) {
  return operand_words[static_cast<std::size_t>(operands)];
}

Operands parse_operands(std::string_view text) {
  for (const Operands operands : {Operands::u8u8, Operands::u8s8, Operands::s8s8})
    if (to_string(operands) == text) return operands;
  throw InputError(quoted_multiplier(text), "no such operands, expected u8u8, u8s8 or s8s8");
}

Circuit circuit_of(std::shared_ptr<const Netlist> netlist, Operands operands) {
  Circuit circuit{netlist->name(), operands, true, nullptr, netlist};
  const std::vector<std::uint32_t> patterns = all_products(*netlist);
  std::vector<std::int16_t> products(TruthTable::size);
  for (std::size_t i = 0; i < TruthTable::size; ++i) {
    const std::int64_t value = value_of(patterns[i], netlist->product().size(), operands);
    products[i] = table_entry(value, *netlist, operands, i);
    circuit.exact &= value == activation_value(operands, static_cast<std::uint8_t>(i >> 8)) *
                                  weight_value(operands, static_cast<std::uint8_t>(i));
  }
  circuit.table = std::make_shared<const TruthTable>(std::move(products));
  return circuit;
}

Circuit make_circuit(std::string_view full_name) {
  MultiplierName name = parse_multiplier_name(full_name);
  Gates gates(name.full_text());
  const Bus product = product_gates(gates, name);
  return circuit_of(std::make_shared<const Netlist>(gates.finish(product)),
                    name.operands.value_or(Operands::u8s8));
}

Multiplier as_multiplier(const Circuit& circuit) {
  if (circuit.operands == Operands::u8u8)
    throw InputError(quoted_multiplier(circuit.name), "is unsigned, expected u8s8 or s8s8, as PEs take");
  const Format format = circuit.operands == Operands::u8s8 ? Format::u8s8 : Format::s8s8;
  return {circuit.name, format, circuit.exact, circuit.table, circuit.netlist};
}

Circuit as_circuit(const Multiplier& multiplier) {
  const Operands operands = operands_of(multiplier.format);
  const bool is_full = multiplier.name.find('.') != std::string::npos;
  return {is_full ? multiplier.name : fmt::format("{}.{}.sm", multiplier.name, to_string(operands)), operands,
          multiplier.exact, multiplier.table, multiplier.netlist};
}

std::vector<std::int32_t> defined_products(std::string_view full_name) {
  const MultiplierName name = parse_multiplier_name(full_name);
  const Operands operands = name.operands.value_or(Operands::u8s8);
  std::vector<std::int32_t> products(TruthTable::size);
  for (std::size_t i = 0; i < products.size(); ++i) {
    const int a = activation_value(operands, static_cast<std::uint8_t>(i >> 8));
    const int w = weight_value(operands, static_cast<std::uint8_t>(i));
    products[i] = defined_product(name, a, w);
  }
  return products;
}

}  // namespace neartile::pe
