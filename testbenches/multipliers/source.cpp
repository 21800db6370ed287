#include "multipliers/source.h"

#include <fmt/format.h>

#include <filesystem>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/multiplier_file.h"

namespace neartile::multipliers {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::string ending_of(const std::string& file) {
  return std::filesystem::path(file).extension().string();
}

// A name that may stand in files and reports: letters, digits and a few marks.
std::string plain_name(const std::string& file) {
  std::string name = std::filesystem::path(file).stem().string().substr(0, 64);
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '(' && c != ')' && c != '.') c = '_';
  return name;
}

template <class Integer>
pe::Circuit circuit_of_products(const std::vector<Integer>& products, pe::Operands operands) {
  pe::Circuit circuit{"", operands, true, nullptr, nullptr};
  std::vector<std::int16_t> bits(products.size());
  for (std::size_t i = 0; i < products.size(); ++i) {
    bits[i] = static_cast<std::int16_t>(products[i]);
    circuit.exact &= products[i] == activation_value(operands, static_cast<std::uint8_t>(i >> 8)) *
                                        weight_value(operands, static_cast<std::uint8_t>(i));
  }
  circuit.table = std::make_shared<const pe::TruthTable>(std::move(bits));
  return circuit;
}

pe::Circuit circuit_of_table(const std::string& text, const std::string& file,
                             const ImportSettings& settings) {
  if (settings.operands == pe::Operands::u8u8)
    return circuit_of_products(pe::import_core_table(text, file, settings.rows), settings.operands);
  return circuit_of_products(pe::import_signed_table(text, file, settings.rows), settings.operands);
}

}  // namespace

bool is_circuit_file(const std::string& word) {
  const std::string ending = ending_of(word);
  return ending == ".v" || ending == ".blif" || (ending == ".json" && !pe::is_multiplier_file(word));
}

bool is_table_file(const std::string& word) {
  const std::string ending = ending_of(word);
  return ending == ".bin" || ending == ".txt";
}

bool is_file(const std::string& word) {
  return is_circuit_file(word) || is_table_file(word) || pe::is_multiplier_file(word);
}

pe::Operands operands_of_format(const std::string& text) {
  if (text == "core") return pe::Operands::u8u8;
  for (const pe::Operands operands : {pe::Operands::u8u8, pe::Operands::u8s8, pe::Operands::s8s8})
    if (text == to_string(operands)) return operands;
  throw InputError("--format", fmt::format("is {}, expected core, u8s8 or s8s8", in_quotes(text)));
}

Source import_file(const std::string& file, const ImportSettings& settings) {
  if (!is_circuit_file(file) && !is_table_file(file))
    throw InputError(in_quotes(file),
                     "is no kind of file that is imported, expected .v, .blif, .json, .bin or .txt");
  const std::string text = read_text_file(file, most_bytes), ending = ending_of(file);
  const pe::CellLibrary cells = cells_of(pe::default_technology());
  Source source;
  source.ports = settings.ports;
  if (is_table_file(file)) {
    source.circuit = circuit_of_table(text, file, settings);
  } else {
    pe::Netlist netlist = ending == ".v"      ? import_verilog(text, file, cells, settings.ports)
                          : ending == ".blif" ? import_blif(text, file, settings.ports, cells)
                                              : import_yosys_json(text, file, cells, settings.ports);
    source.circuit = circuit_of(std::make_shared<const pe::Netlist>(std::move(netlist)), settings.operands);
    if (ending == ".v") source.verilog = text;
  }
  source.circuit.name = settings.name.value_or(plain_name(file));
  return source;
}

Source find_source(const std::string& name_or_file, const ImportSettings& settings) {
  Source source;
  if (pe::is_multiplier_file(name_or_file))
    source.circuit = pe::read_multiplier_file(name_or_file);
  else if (is_file(name_or_file))
    return import_file(name_or_file, settings);
  else
    source.circuit = pe::make_circuit(name_or_file);
  return source;
}

}  // namespace neartile::multipliers
