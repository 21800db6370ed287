#include "neartile/pe/pe_config.h"

#include <fmt/format.h>

#include <filesystem>

#include "neartile/pe/multiplier_file.h"

namespace neartile::pe {
namespace {
const std::vector<std::string_view> overflow_words{"wrap", "saturate"};

// Of a file its name alone.
std::string short_multiplier(const std::string& multiplier) {
  if (!is_multiplier_file(multiplier)) return multiplier;
  const std::string file = std::filesystem::path(multiplier).filename().string();
  return file.substr(0, file.size() - multiplier_file_ending.size());
}

}  // namespace

void describe(ConfigVisitor& visitor, PeConfig& config) {
  visitor.choice({"format", "operands: activation, then weight; u unsigned, s two's complement, 8 bits each"},
                 format_words, config.format);
  visitor.text({"multiplier",
                "name of the multiplier: exact, truncated(t), drum(k), .. (neartile multipliers list), or a "
                "file that ends in .multiplier.json"},
               config.multiplier);
  visitor.number({"accumulator_bits", "width of the partial sum, bits", 16, 32}, config.accumulator_bits);
  visitor.choice({"overflow", "what a sum that does not fit does"}, overflow_words, config.overflow);
  visitor.number({"weight_registers", "weight registers of a PE; two load a tile while another works", 1, 2},
                 config.weight_registers);
  visitor.flag({"clock_gating", "data registers that hold get no clock edge; changes clock pins, no value"},
               config.clock_gating);
}

std::string name_of(const PeConfig& config) {
  const PeConfig usual;
  std::string name = short_multiplier(config.multiplier);
  if (config.format != usual.format) name += fmt::format(":{}", to_string(config.format));
  if (config.accumulator_bits != usual.accumulator_bits)
    name += fmt::format(":acc{}", config.accumulator_bits);
  if (config.overflow != usual.overflow)
    name += fmt::format(":{}", overflow_words[static_cast<std::size_t>(config.overflow)]);
  if (config.weight_registers != usual.weight_registers) name += fmt::format(":{}w", config.weight_registers);
  if (config.clock_gating != usual.clock_gating) name += ":nogate";
  return name;
}

}  // namespace neartile::pe
