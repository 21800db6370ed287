#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gzip.h"
#include "liberty_cell.h"
#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "neartile/pe/technology.h"

namespace neartile::pe {
namespace {

constexpr std::size_t most_fanout = 1024;

// "1ps", "10ns" or "1fF" as a factor to the unit whose letters are given.
double unit(std::string_view text, std::string_view base, double target, const std::string& place) {
  static constexpr std::pair<char, double> prefixes[] = {{'a', 1e-18}, {'f', 1e-15}, {'p', 1e-12},
                                                         {'n', 1e-9},  {'u', 1e-6},  {'m', 1e-3}};
  const std::size_t digits = std::min(text.find_first_not_of("0123456789.eE+"), text.size());
  const double factor = digits == 0 ? 1 : liberty_number(text.substr(0, digits), place, 1);
  std::string_view letters = text.substr(digits);
  for (const auto& [letter, scale] : prefixes) {
    std::string lower(letters);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (lower == fmt::format("{}{}", letter, base)) return factor * scale / target;
  }
  throw InputError(place, fmt::format("unit {}, expected one like 1p{}", in_quotes(text), base));
}

LibertyUnits units_of(const LibertyGroup& library, const std::string& place) {
  LibertyUnits units;
  const std::string_view time = library.text("time_unit"), leakage = library.text("leakage_power_unit");
  units.time = unit(time.empty() ? "1ns" : time, "s", 1e-12, place);
  units.leakage = unit(leakage.empty() ? "1nW" : leakage, "w", 1e-9, place);
  const LibertyAttribute* load = library.find("capacitive_load_unit");
  if (!load || load->values.size() != 2)
    throw InputError(place, "expected capacitive_load_unit (number, unit)");
  units.capacitance = unit(fmt::format("{}{}", load->values[0], load->values[1]), "f", 1e-15, place);
  units.energy = units.capacitance;  // capacitance unit x 1 V x 1 V
  return units;
}

const LibertyGroup* wire_group(const LibertyGroup& library, const std::string& place) {
  const std::string_view wanted = library.text("default_wire_load");
  for (const LibertyGroup& group : library.groups) {
    if (group.kind != "wire_load") continue;
    const std::string_view capacitance = group.text("capacitance");
    if (wanted.empty() ? liberty_number(capacitance, place, group.line) > 0 : group.argument() == wanted)
      return &group;
  }
  return nullptr;
}

// Lengths between the fanouts that are given are linear.
WireModel wire_of(const LibertyGroup& library, const LibertyUnits& units, const std::string& place) {
  WireModel wire;
  const LibertyGroup* group = wire_group(library, place);
  if (!group) return wire;
  const auto number = [&](std::string_view text) { return liberty_number(text, place, group->line); };
  wire.name = group->argument();
  wire.capacitance_fF_per_um = six_digits(number(group->text("capacitance")) * units.capacitance);
  if (!group->text("slope").empty()) wire.beyond_um_per_fanout = number(group->text("slope"));
  double last = 0;
  for (const LibertyAttribute& attribute : group->attributes) {
    if (attribute.name != "fanout_length") continue;
    const double fanout = attribute.values.size() < 2 ? 0 : number(attribute.values[0]);
    if (!(fanout > static_cast<double>(wire.length_um.size()) && fanout <= most_fanout))
      throw InputError(
          fmt::format("{}:{}", place, attribute.line),
          fmt::format("expected fanout_length (fanout, length) of rising fanouts up to {}", most_fanout));
    const double length = number(attribute.values[1]);
    const std::size_t from = wire.length_um.size(), to = static_cast<std::size_t>(fanout);
    for (std::size_t i = from + 1; i <= to; ++i)
      wire.length_um.push_back(last + (length - last) * static_cast<double>(i - from) /
                                          static_cast<double>(to - from));
    last = length;
  }
  return wire;
}

void add_cells(const LibertyGroup& library, const std::string& place, Technology& technology) {
  const LibertyUnits units = units_of(library, place);
  const LibertyTables tables(library, units, place);
  LibertyContext context{tables, units, place};
  std::set<std::string> names;
  for (const Cell& cell : technology.cells) names.insert(cell.name);
  std::size_t cells = 0;
  for (const LibertyGroup& group : library.groups) {
    if (group.kind != "cell") continue;
    Cell cell = read_liberty_cell(group, context);
    if (!names.insert(cell.name).second)
      throw InputError(fmt::format("{}:{}", place, group.line),
                       fmt::format("cell {} stands twice", in_quotes(cell.name)));
    technology.cells.push_back(std::move(cell));
    ++cells;
  }
  if (cells == 0) throw InputError(place, "no cells in the library");
  technology.sources.push_back(fmt::format("{}: library {}, {} cells", place, library.argument(), cells));
}

// `text` is the contents of a file; the first library gives voltage, temperature and wires.
void add_library(std::string_view text, const std::string& place, Technology& technology) {
  const LibertyGroup library = parse_liberty(text, place);
  if (library.kind != "library")
    throw InputError(fmt::format("{}:{}", place, library.line),
                     fmt::format("found {}, expected library (NAME) {{", in_quotes(library.kind)));
  if (technology.sources.empty()) {
    technology.name = library.argument();
    const auto number = [&](std::string_view name, double otherwise) {
      const LibertyAttribute* attribute = library.find(name);
      if (!attribute) return otherwise;
      return liberty_number(attribute->values.empty() ? "" : attribute->values[0], place, attribute->line);
    };
    technology.voltage_V = number("nom_voltage", 0);
    if (!(technology.voltage_V > 0)) throw InputError(place, "expected nom_voltage above 0");
    technology.temperature_C = number("nom_temperature", 25);
    technology.wire = wire_of(library, units_of(library, place), place);
  }
  add_cells(library, place, technology);
}

void sort_cells(Technology& technology) {
  std::sort(technology.cells.begin(), technology.cells.end(),
            [](const Cell& a, const Cell& b) { return a.name < b.name; });
}

}  // namespace

Technology import_liberty(std::string_view text, const std::string& place) {
  Technology technology;
  add_library(text, place, technology);
  sort_cells(technology);
  return technology;
}

Technology import_liberty(const std::vector<std::filesystem::path>& files) {
  Technology technology;
  for (const std::filesystem::path& file : files) {
    const std::string text = read_maybe_gzip(file);
    add_library(text, file.filename().string(), technology);
  }
  if (technology.sources.empty()) throw InputError("no Liberty file is given");
  sort_cells(technology);
  return technology;
}

}  // namespace neartile::pe
