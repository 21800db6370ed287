#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace neartile::array {

/// to[i] = map[from[i]].
void remap(const std::array<std::uint8_t, 256>& map, const std::uint8_t* from, std::size_t count,
           std::uint8_t* to);

}  // namespace neartile::array
