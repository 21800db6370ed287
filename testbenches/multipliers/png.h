#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace neartile::multipliers {

using Colour = std::array<std::uint8_t, 3>;

/// A picture of palette colours as PNG, rows from the top.
std::string png(const std::vector<std::uint8_t>& pixels, std::size_t width,
                const std::array<Colour, 256>& palette);

}  // namespace neartile::multipliers
