#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace neartile::testing_support {

/// One to four changes of a copy: bytes set, bits flipped, words set to what readers trip over, pieces cut
/// out, doubled, or cut off.
inline std::vector<std::uint8_t> damaged(std::vector<std::uint8_t> bytes, std::mt19937_64& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  for (std::size_t changes = 1 + below(4); changes > 0 && !bytes.empty(); --changes) {
    const std::size_t at = below(bytes.size()), length = std::min(1 + below(16), bytes.size() - at);
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    constexpr std::uint32_t awkward[] = {0,      1,          0x7f,       0xff,      0x7fff,
                                         0xffff, 0x7fffffff, 0x80000000, 0xffffffff};
    switch (below(7)) {
      case 0:
      case 1:
        bytes[at] = static_cast<std::uint8_t>(random());
        break;
      case 2:
      case 3:
        bytes[at] ^= static_cast<std::uint8_t>(1 << below(8));
        break;
      case 4: {
        const std::uint32_t word = awkward[below(std::size(awkward))];
        for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i)
          bytes[at + i] = static_cast<std::uint8_t>(word >> (8 * i));
        break;
      }
      case 5:
        if (below(2) == 0) {
          bytes.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
        } else {
          const std::vector<std::uint8_t> piece(begin, begin + static_cast<std::ptrdiff_t>(length));
          bytes.insert(begin, piece.begin(), piece.end());
        }
        break;
      default:
        if (below(4) == 0) bytes.resize(at);
    }
  }
  return bytes;
}

}  // namespace neartile::testing_support
