#include "neartile/array/pe_registers.h"

#include <fmt/format.h>

#include <bit>
#include <cassert>

namespace neartile::array {
namespace {
constexpr unsigned product_bits = pe::TruthTable::product_bits();
}

std::string_view to_string(NetClass net_class) {
  static constexpr std::string_view words[] = {"activation", "weight", "product", "partial sum", "control"};
  return words[static_cast<std::size_t>(net_class)];
}

std::string PeRegister::path() const {
  return net_class == NetClass::control ? fmt::format("control/{}", name) : std::string(name);
}

std::vector<PeRegister> pe_registers(const pe::PeConfig& config, unsigned low_zeros) {
  assert(low_zeros < product_bits);
  const auto sum_bits = static_cast<unsigned>(config.accumulator_bits);
  const bool two = config.weight_registers == 2;
  std::vector<PeRegister> all{{"a", NetClass::activation, 0, 8, "clk_a"},
                              {"p", NetClass::partial_sum, low_zeros, sum_bits - low_zeros, "clk_p"},
                              {"w0", NetClass::weight, 0, 8, "clk_w0"}};
  if (two) all.push_back({"w1", NetClass::weight, 0, 8, "clk_w1"});
  all.push_back({"f", NetClass::product, low_zeros, product_bits - low_zeros, {}});
  if (two) all.push_back({"s", NetClass::control, 0, 1, "clk_run"});
  for (const char* name : {"v", "e", "l"}) all.push_back({name, NetClass::control, 0, 1, "clk_run"});
  if (two) all.push_back({"b", NetClass::control, 0, 1, "clk_run"});
  return all;
}

unsigned low_zero_bits(const pe::TruthTable& products, pe::Overflow overflow) {
  if (overflow == pe::Overflow::saturate) return 0;
  unsigned ones = 1u << (product_bits - 1);
  const std::int16_t* first = products.row(0);
  for (std::size_t i = 0; i < pe::TruthTable::size; ++i) ones |= static_cast<std::uint16_t>(first[i]);
  return static_cast<unsigned>(std::countr_zero(ones));
}

std::string array_scope(std::size_t array) {
  return fmt::format("array_{}", array);
}

std::string pe_scope(std::size_t row, std::size_t column) {
  return fmt::format("row_{}/pe_{}", row, column);
}

}  // namespace neartile::array
