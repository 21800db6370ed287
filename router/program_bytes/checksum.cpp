#include <array>

#include "neartile/router/program_bytes.h"

namespace neartile::router {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) remainder = remainder >> 1 ^ ((remainder & 1) != 0 ? 0xedb88320u : 0);
    table[byte] = remainder;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> remainders = make_table();

}  // namespace

std::uint32_t checksum(std::span<const std::uint8_t> bytes) {
  std::uint32_t sum = 0xffffffff;
  for (const std::uint8_t byte : bytes) sum = sum >> 8 ^ remainders[(sum ^ byte) & 0xff];
  return ~sum;
}

}  // namespace neartile::router
