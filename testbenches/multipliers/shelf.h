#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "multipliers/measurement.h"

namespace neartile::multipliers {

/// Files of pe/shelf, part of the program.
std::string_view embedded_names();
std::string_view embedded_results();

/// FAMILY or FAMILY(parameters), in the order of the shelf.
std::vector<std::string> shelf_names();
/// The full names of one multiplier's forms: core, u8 x s8, s8 x s8 as wrapper and, where there is one,
/// native.
std::vector<std::string> forms_of(const std::string& name);

/// Results with the default technology.
const std::vector<Measurement>& shelf_results();
const Measurement* find_result(std::string_view full_name);
/// A shelf circuit with this truth table, for operands of the kind.
const Measurement* find_by_hash(const std::string& hash, std::string_view operands);

/// The exact circuit that ratios refer to: of the same operands.
const Measurement* exact_for(std::string_view operands);

/// Results as the shelf's file.
std::string shelf_json(const std::vector<Measurement>& results, const std::string& technology);
/// Throws InputError.
std::vector<Measurement> read_shelf(std::string_view text, const std::string& place);
std::string measurement_json(const Measurement& measurement, const std::string& technology);

}  // namespace neartile::multipliers
