#include "neartile/pe/truth_table.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace neartile::pe {

TruthTable::TruthTable(std::vector<std::int16_t> products) : products_(std::move(products)) {
  if (products_.size() != size)
    throw std::invalid_argument(
        fmt::format("truth table: has {} products, expected {}", products_.size(), size));
  for (std::size_t activation = 0; activation < 256; ++activation)
    zero_at_zero_weight_ &= products_[activation << 8] == 0;
}

std::string TruthTable::hash() const {
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&hash](std::uint8_t byte) { hash = (hash ^ byte) * 0x100000001b3; };
  for (const std::int16_t product : products_) {
    const auto pattern = static_cast<std::uint16_t>(product);
    add(static_cast<std::uint8_t>(pattern & 0xff));
    add(static_cast<std::uint8_t>(pattern >> 8));
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace neartile::pe
