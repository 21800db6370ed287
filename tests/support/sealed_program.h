#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "neartile/router/program_bytes.h"

namespace neartile::testing_support {

inline void put_word(std::vector<std::uint8_t>& bytes, std::size_t at, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) bytes.at(at + i) = static_cast<std::uint8_t>(value >> (8 * i));
}

/// The bytes with the head that a program of theirs would have.
inline std::vector<std::uint8_t> sealed(std::vector<std::uint8_t> bytes) {
  if (bytes.size() < router::program_head_bytes) bytes.resize(router::program_head_bytes);
  put_word(bytes, 0, router::program_signature);
  put_word(bytes, 4, router::program_version);
  put_word(bytes, 8, static_cast<std::uint32_t>(bytes.size()));
  put_word(bytes, 12, router::checksum(std::span(bytes).subspan(router::program_head_bytes)));
  return bytes;
}

}  // namespace neartile::testing_support
