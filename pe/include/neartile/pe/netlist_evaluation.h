#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "neartile/pe/netlist.h"

namespace neartile::pe {

/// The product patterns of all 65,536 operand pairs, [activation << 8 | weight], as unsigned integers of
/// the product's width. Bit-parallel.
std::vector<std::uint32_t> all_products(const Netlist& netlist);

/// The same for one pair, gate by gate from the cells' tables: slow and obvious, the judge.
std::uint32_t product_of(const Netlist& netlist, std::uint8_t activation, std::uint8_t weight);

/// One operation of a stimulus.
struct OperandPair {
  std::uint8_t activation = 0;
  std::uint8_t weight = 0;
};

/// Zero-delay toggles of each net over the transitions between consecutive operations: settled values
/// only, no glitches. [net]
std::vector<std::uint64_t> zero_delay_toggles(const Netlist& netlist, std::span<const OperandPair> stimulus);

}  // namespace neartile::pe
