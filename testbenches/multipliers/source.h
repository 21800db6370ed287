#pragma once

#include <optional>
#include <string>

#include "multipliers/measurement.h"
#include "neartile/pe/table_import.h"

namespace neartile::multipliers {

/// How a file is to be read.
struct ImportSettings {
  pe::PortBinding ports;
  pe::Operands operands = pe::Operands::u8u8;
  pe::TableRows rows = pe::TableRows::activation;
  std::optional<std::string> name;  ///< else that of the file
};

/// True for what import_file() or read_multiplier_file() can read, by its ending.
bool is_file(const std::string& name);

/// Reads .v, .blif, .json (of Yosys), .bin or .txt. Throws InputError.
Source import_file(const std::string& file, const ImportSettings& settings = {});

/// A multiplier by name or file. Throws InputError.
Source find_source(const std::string& name_or_file);

/// "core", "u8u8", "u8s8" or "s8s8" of --format.
pe::Operands operands_of_format(const std::string& text);

}  // namespace neartile::multipliers
