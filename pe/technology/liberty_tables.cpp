#include "liberty_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"
#include "table_lookup.h"

namespace neartile::pe {
namespace {

constexpr std::size_t longest_axis = 32;

bool is_separator(char c) {
  return c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
}

// Numbers of texts like "1, 2, 3".
std::vector<double> numbers(const LibertyAttribute& attribute, const std::string& place, std::size_t most) {
  std::vector<double> values;
  for (const std::string_view text : attribute.values) {
    for (std::size_t at = 0; at < text.size();) {
      if (is_separator(text[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text.size() && !is_separator(text[end])) ++end;
      if (values.size() == most)
        throw InputError(fmt::format("{}:{}", place, attribute.line),
                         fmt::format("{}: too many numbers, expected at most {}", attribute.name, most));
      values.push_back(liberty_number(text.substr(at, end - at), place, attribute.line));
      at = end;
    }
  }
  return values;
}

bool is_slew(std::string_view variable) {
  return variable == "input_net_transition" || variable == "input_transition_time";
}
bool is_load(std::string_view variable) {
  return variable == "total_output_net_capacitance";
}

}  // namespace

double six_digits(double value) {
  return std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr);
}

double liberty_number(std::string_view text, const std::string& place, std::size_t line) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 1e15))
    throw InputError(fmt::format("{}:{}", place, line),
                     fmt::format("found {}, expected a number below 1e15", in_quotes(text)));
  return value;
}

LibertyTables::LibertyTables(const LibertyGroup& library, const LibertyUnits& units, std::string place)
    : units_(units), place_(std::move(place)) {
  for (const LibertyGroup& group : library.groups) {
    if (group.kind != "lu_table_template" && group.kind != "power_lut_template") continue;
    Template& made = templates_[std::string(group.argument())];
    for (int i = 0; i < 2; ++i) {
      made.variables[i] = group.text(i == 0 ? "variable_1" : "variable_2");
      made.axes[i] = axis(group, i == 0 ? "index_1" : "index_2");
    }
  }
}

std::vector<double> LibertyTables::axis(const LibertyGroup& group, std::string_view name) const {
  const LibertyAttribute* attribute = group.find(name);
  if (!attribute) return {};
  std::vector<double> points = numbers(*attribute, place_, longest_axis);
  for (std::size_t i = 1; i < points.size(); ++i)
    if (!(points[i - 1] < points[i]))
      throw InputError(fmt::format("{}:{}", place_, attribute->line),
                       fmt::format("{}: expected numbers in ascending order", name));
  return points;
}

LibertyTables::Table LibertyTables::read(const LibertyGroup& group, double factor) const {
  const std::string where = fmt::format("{}:{}", place_, group.line);
  const LibertyAttribute* values = group.find("values");
  if (!values) throw InputError(where, fmt::format("{} has no values", group.kind));
  Table table;
  table.values = numbers(*values, place_, longest_axis * longest_axis);
  for (double& value : table.values) value *= factor;
  const auto found = templates_.find(group.argument());
  const Template scalar, &shape = found == templates_.end() ? scalar : found->second;
  if (found == templates_.end() && table.values.size() != 1)
    throw InputError(where, fmt::format("{}: unknown template {}", group.kind, in_quotes(group.argument())));
  bool slew_first = true;
  for (int i = 0; i < 2; ++i) {
    if (shape.variables[i].empty()) continue;
    std::vector<double> points = axis(group, i == 0 ? "index_1" : "index_2");
    if (points.empty()) points = shape.axes[i];
    const bool slew = is_slew(shape.variables[i]);
    if (!slew && !is_load(shape.variables[i]))
      throw InputError(where, fmt::format("variable {}, expected input slew and output load",
                                          in_quotes(shape.variables[i])));
    for (double& point : points) point = six_digits(point * (slew ? units_.time : units_.capacitance));
    (slew ? table.axes.slew_ps : table.axes.load_fF) = std::move(points);
    if (i == 0) slew_first = slew;
  }
  if (table.axes.slew_ps.empty()) table.axes.slew_ps = {0};
  if (table.axes.load_fF.empty()) table.axes.load_fF = {0};
  const std::size_t slews = table.axes.slew_ps.size(), loads = table.axes.load_fF.size();
  if (table.values.size() != slews * loads)
    throw InputError(
        where, fmt::format("{}: {} values, expected {} x {}", group.kind, table.values.size(), slews, loads));
  if (!slew_first) {
    std::vector<double> turned(table.values.size());
    for (std::size_t s = 0; s < slews; ++s)
      for (std::size_t l = 0; l < loads; ++l) turned[s * loads + l] = table.values[l * slews + s];
    table.values = std::move(turned);
  }
  return table;
}

std::vector<double> resampled(const LibertyTables::Table& table, const TableAxes& axes) {
  if (table.axes.slew_ps == axes.slew_ps && table.axes.load_fF == axes.load_fF) return table.values;
  std::vector<double> values;
  for (const double slew : axes.slew_ps)
    for (const double load : axes.load_fF)
      values.push_back(TablePlace(table.axes, slew, load).of(table.values));
  return values;
}

}  // namespace neartile::pe
