#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace neartile::traces {

/// What a systolic array does in a cycle. Exactly one of these holds; docs/reference/chip.md has the rules.
enum class ArrayState : std::uint8_t {
  stream,       ///< vectors enter
  weight_load,  ///< a tile's weights come in, nothing streams
  drain,        ///< the last sums are on their way out, and the next tile needs that
  bandwidth,    ///< waits for external memory
  buffer,       ///< waits for a weight slot, an accumulator half, buffer space or a bank
  dependency,   ///< waits for other arrays or the vector unit: the layer before is not complete
  no_work,      ///< has no tile in this layer, or none any more
};
inline constexpr std::size_t array_states = 7;

/// As in result.json and timelines: "stream", "weight_load" ..
constexpr std::string_view name_of(ArrayState state) {
  constexpr std::array<std::string_view, array_states> names{"stream", "weight_load", "drain",  "bandwidth",
                                                             "buffer", "dependency",  "no_work"};
  return names[static_cast<std::size_t>(state)];
}

/// Cycles of one array, or of several together, by what it did in them.
struct ArrayTime {
  std::array<std::uint64_t, array_states> cycles{};

  std::uint64_t& operator[](ArrayState state) { return cycles[static_cast<std::size_t>(state)]; }
  std::uint64_t operator[](ArrayState state) const { return cycles[static_cast<std::size_t>(state)]; }
  ArrayTime& operator+=(const ArrayTime& other) {
    for (std::size_t i = 0; i < array_states; ++i) cycles[i] += other.cycles[i];
    return *this;
  }
  std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : cycles) sum += count;
    return sum;
  }
};

}  // namespace neartile::traces
