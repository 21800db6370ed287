#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace neartile::router {

/// Why a program was refused, or stopped. Numbers are those of the chip's ERROR_CODE register; they stay.
enum class ProgramErrorCode : std::uint32_t {
  none = 0,
  fetch = 1,
  signature = 2,
  version = 3,
  size = 4,
  checksum = 5,
  structure = 6,
  kind = 7,
  value = 8,
  layer = 9,
  dependency = 10,
  address = 11,
  part = 12,
  weights = 13,
  tile = 14,
  shape = 15,
  vector_operation = 16,
  encoding = 17,
  route = 18,
  access = 32,
};

/// The command of an error that concerns none.
inline constexpr std::uint32_t no_command = 0xffffffff;

struct ProgramError {
  ProgramErrorCode code = ProgramErrorCode::none;
  std::uint32_t command = no_command;
  friend bool operator==(const ProgramError& a, const ProgramError& b) {
    return a.code == b.code && a.command == b.command;
  }
};

/// A code's name and meaning, for headers, pages and people.
struct ProgramErrorText {
  ProgramErrorCode code;
  std::string_view name;
  std::string_view meaning;
};
std::span<const ProgramErrorText> program_error_texts();
const ProgramErrorText& text_of(ProgramErrorCode code);

}  // namespace neartile::router
