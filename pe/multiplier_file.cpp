#include "neartile/pe/multiplier_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/netlist_evaluation.h"
#include "neartile/pe/netlist_import.h"
#include "neartile/pe/technology.h"

namespace neartile::pe {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view file_format = "neartile multiplier 1";
constexpr std::size_t most_bytes = std::size_t{32} << 20;
constexpr std::size_t longest_name = 80;

std::string text_at(const Json& json, const char* key, const std::string& place) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string())
    throw InputError(
        place, fmt::format("/{}: {}, expected a text", key, found == json.end() ? "missing" : "is no text"));
  return found->get<std::string>();
}

std::string name_at(const Json& json, const std::string& place) {
  const std::string name = text_at(json, "name", place);
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (name.empty() || name.size() > longest_name || !is_plain)
    throw InputError(place, fmt::format("/name: is {}, expected 1 to {} printable characters",
                                        in_quotes(name), longest_name));
  return name;
}

std::vector<std::int16_t> products_at(const Json& json, Operands operands, const std::string& place) {
  const auto found = json.find("products");
  if (found == json.end() || !found->is_array() || found->size() != TruthTable::size)
    throw InputError(place, "/products: expected a list of 65536 whole numbers");
  const bool is_unsigned = operands == Operands::u8u8;
  const std::int64_t low = is_unsigned ? 0 : INT16_MIN, high = is_unsigned ? UINT16_MAX : INT16_MAX;
  std::vector<std::int16_t> products;
  products.reserve(TruthTable::size);
  for (const Json& value : *found) {
    const std::int64_t number = value.is_number_integer() ? value.get<std::int64_t>() : high + 1;
    if (number < low || number > high)
      throw InputError(
          place, fmt::format("/products/{}: expected a whole number, {} to {}", products.size(), low, high));
    products.push_back(static_cast<std::int16_t>(number));
  }
  return products;
}

void read_netlist(const Json& json, Circuit& circuit, const std::string& place) {
  if (!json.contains("netlist")) return;
  const std::string text = text_at(json, "netlist", place);
  auto netlist = import_verilog(text, place + ": /netlist", cells_of(default_technology()));
  const Circuit own = circuit_of(std::make_shared<const Netlist>(std::move(netlist)), circuit.operands);
  if (own.table->hash() != circuit.table->hash())
    throw InputError(place, "/netlist: its products are not those of /products, expected the same");
  circuit.netlist = own.netlist;
}

bool is_exact(const Circuit& circuit) {
  for (unsigned i = 0; i < TruthTable::size; ++i) {
    const auto a = static_cast<std::uint8_t>(i >> 8), w = static_cast<std::uint8_t>(i);
    if (circuit.product(a, w) != activation_value(circuit.operands, a) * weight_value(circuit.operands, w))
      return false;
  }
  return true;
}

}  // namespace

bool is_multiplier_file(std::string_view name) {
  return name.ends_with(multiplier_file_ending);
}

std::string multiplier_file_text(const Circuit& circuit) {
  Json json{{"format", file_format},
            {"name", circuit.name},
            {"operands", to_string(circuit.operands)},
            {"hash", circuit.table->hash()}};
  if (circuit.netlist) json["netlist"] = to_verilog(*circuit.netlist);
  std::string text = json.dump(1);
  text.resize(text.size() - 2);  // the closing bracket: products come last, a row of 256 a line
  text += ",\n \"products\": [";
  for (unsigned i = 0; i < TruthTable::size; ++i)
    text += fmt::format("{}{}{}", i == 0 ? "" : ",", i % 256 == 0 ? "\n" : "",
                        circuit.product(static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)));
  return text + "\n ]\n}\n";
}

Circuit parse_multiplier_file(std::string_view text, const std::string& place) {
  check_json(text, place);
  const Json json = Json::parse(text);
  if (!json.is_object() || text_at(json, "format", place) != file_format)
    throw InputError(place, fmt::format("expected a file of the format \"{}\"", file_format));
  Circuit circuit{name_at(json, place), Operands::u8u8, false, nullptr, nullptr};
  try {
    circuit.operands = parse_operands(text_at(json, "operands", place));
  } catch (const InputError&) {
    throw InputError(place, "/operands: expected u8u8, u8s8 or s8s8");
  }
  circuit.table = std::make_shared<const TruthTable>(products_at(json, circuit.operands, place));
  if (const std::string hash = text_at(json, "hash", place); hash != circuit.table->hash())
    throw InputError(place, fmt::format("/hash: is {}, expected {}, that of the products", in_quotes(hash),
                                        circuit.table->hash()));
  circuit.exact = is_exact(circuit);
  read_netlist(json, circuit, place);
  return circuit;
}

Circuit read_multiplier_file(const std::filesystem::path& file) {
  return parse_multiplier_file(read_text_file(file, most_bytes), file.string());
}

}  // namespace neartile::pe
