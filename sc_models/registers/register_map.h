#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace neartile::sc_models {

enum class RegisterAccess : std::uint8_t { read_only, read_write, write_only, write_1_to_clear };

/// Bits low .. low + width - 1 of a register. Bits in no field read 0, and writes leave them.
struct RegisterField {
  std::string name;
  unsigned low = 0, width = 1;
  std::string text;
};

/// A value of a register that has a name.
struct RegisterValue {
  std::string name;
  std::uint32_t value = 0;
  std::string text;
};

/// One line of the register map: a register of 32 bits, a pair of them, or a table of either.
struct RegisterEntry {
  std::string name;
  std::uint32_t offset = 0;  ///< bytes from the start of the chip's host window
  RegisterAccess access = RegisterAccess::read_only;
  std::optional<std::uint32_t> reset;  ///< none: what the chip is
  std::string text;
  std::vector<RegisterField> fields{};  ///< empty: one number
  std::vector<RegisterValue> values{};
  unsigned words = 1;               ///< 2: 64 bits, the low word first
  std::uint32_t count = 1;          ///< entries of a table
  std::uint32_t stride = 0;         ///< bytes from entry to entry
  bool refused_while_busy = false;  ///< a write is answered with TLM_GENERIC_ERROR_RESPONSE

  /// Bits that exist in word `word`.
  std::uint32_t mask() const;
};

/// The chip's registers in the order of their offsets: the one statement from which come the model's
/// decoder (RegisterFile), the firmware's neartile_registers.h and docs/reference/registers.md.
const std::vector<RegisterEntry>& register_map();

/// Arrays, groups and layers that the tables have room for.
inline constexpr std::uint32_t most_groups = 64, most_arrays = 1024, most_routes = 1024;

/// The C99 header and the page that follow from the map.
std::string register_header();
std::string register_page();

}  // namespace neartile::sc_models
