#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "neartile/pe/base/config.h"

namespace neartile {

/// Visits the fields of one configuration, which it refers to:
/// [&](ConfigVisitor& v) { describe(v, chip); }.
using Describe = std::function<void(ConfigVisitor&)>;

/// Reads a configuration from JSON. Missing keys keep their values; an unknown key, a wrong type or a
/// value out of range is an InputError "place: /path/key: found, expected ..".
void read_config(std::string_view text, const std::string& place, const Describe& describe);
void read_config(const std::filesystem::path& file, const Describe& describe);

/// Sets one value by "key=value"; dots or slashes lead into objects and lists
/// ("arrays.0.pe.multiplier=drum(4)"). Throws InputError that lists the keys known there.
void apply_setting(const std::string& setting, const Describe& describe);

/// The configuration as JSON, two spaces a level, no final newline.
std::string to_json_text(const Describe& describe);

/// A table of all keys: path as apply_setting() takes it, value, allowed values, meaning.
/// Lists show their first element, with N for its place.
std::string help_text(const Describe& describe);

}  // namespace neartile
