#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace neartile::pe {

/// Which operand numbers the 256 rows of a file; the other one numbers the columns. Rows and columns are
/// ordered by operand pattern: 0 to 127, then (of signed operands) -128 to -1.
enum class TableRows : std::uint8_t { activation, weight };

/// Reads all 65,536 products of an 8x8 multiplier; they come as [activation << 8 | weight]. Two forms are
/// told apart by themselves: 131,072 bytes, 16 bits each, little endian; and text, 256 lines of 256 numbers
/// with blanks, commas or semicolons between them (empty lines, and lines that begin with '#', are skipped).
/// `place` names the file in errors. Throws InputError.

/// Products of an unsigned core, 0 to 65,535.
std::vector<std::uint16_t> import_core_table(std::string_view bytes, const std::string& place,
                                             TableRows rows = TableRows::activation);
/// Products of a u8 x s8 or s8 x s8 multiplier, -32,768 to 32,767.
std::vector<std::int16_t> import_signed_table(std::string_view bytes, const std::string& place,
                                              TableRows rows = TableRows::activation);

}  // namespace neartile::pe
