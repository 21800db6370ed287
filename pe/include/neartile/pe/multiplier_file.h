#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "neartile/pe/circuit.h"

namespace neartile::pe {

/// Names of multipliers that end so are files; docs/reference/program.md has the format.
inline constexpr std::string_view multiplier_file_ending = ".multiplier.json";

bool is_multiplier_file(std::string_view name);

/// The circuit as such a file: name, operands, hash, all products, and the netlist where there is one.
std::string multiplier_file_text(const Circuit& circuit);

/// Reads such a file; `place` begins its errors. The hash must be that of the products, and these those of
/// the netlist. Throws InputError.
Circuit parse_multiplier_file(std::string_view text, const std::string& place);
Circuit read_multiplier_file(const std::filesystem::path& file);

}  // namespace neartile::pe
