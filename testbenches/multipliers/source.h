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

/// What a word of the command line is, by its ending: .v, .blif, .json of Yosys; .bin, .txt; or one of
/// these or of read_multiplier_file().
bool is_circuit_file(const std::string& word);
bool is_table_file(const std::string& word);
bool is_file(const std::string& word);

/// Reads .v, .blif, .json (of Yosys), .bin or .txt. Throws InputError.
Source import_file(const std::string& file, const ImportSettings& settings);

/// A multiplier by name or file; the settings are for files that import_file() reads. Throws InputError.
Source find_source(const std::string& name_or_file, const ImportSettings& settings = {});

/// "core", "u8u8", "u8s8" or "s8s8" of --format.
pe::Operands operands_of_format(const std::string& text);

}  // namespace neartile::multipliers
