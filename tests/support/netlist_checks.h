#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "neartile/pe/base/error.h"
#include "neartile/pe/netlist_evaluation.h"
#include "support/error_of.h"

namespace neartile::testing_support {

/// The first pair whose product is not the expected one, as a sentence; "" where there is none.
inline std::string first_difference(const pe::Netlist& netlist,
                                    const std::function<std::uint32_t(unsigned, unsigned)>& expected) {
  const std::vector<std::uint32_t> products = all_products(netlist);
  for (unsigned i = 0; i < 65536; ++i) {
    const std::uint32_t wanted = expected(i >> 8, i & 255);
    if (products[i] != wanted) {
      return std::to_string(i >> 8) + ", " + std::to_string(i & 255) + " gives " +
             std::to_string(products[i]) + ", expected " + std::to_string(wanted);
    }
  }
  return {};
}

}  // namespace neartile::testing_support
