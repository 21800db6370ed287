#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace neartile::array {

/// Some of a row of bytes: bit i % 64 of chosen[i / 64] tells that byte i is.
struct ByteChoice {
  std::vector<std::uint64_t> chosen;
  std::size_t count = 0;  ///< of chosen bytes
  void add(std::size_t i);
};

/// Writes beyond the chosen bytes are within this many bytes.
inline constexpr std::size_t choice_slack = 64;

/// Copies the chosen ones of `size` bytes one after the other; `to` has choice_slack more bytes.
void choose(const ByteChoice& choice, const std::uint8_t* from, std::size_t size, std::uint8_t* to);

/// to[i] = map[from[i]]; `to` may be `from`.
void remap(const std::array<std::uint8_t, 256>& map, const std::uint8_t* from, std::size_t count,
           std::uint8_t* to);

}  // namespace neartile::array
