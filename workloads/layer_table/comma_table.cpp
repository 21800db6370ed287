#include "layer_table/comma_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::workloads {
namespace {

constexpr std::size_t most_cells = 64, most_rows = 4096;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

std::vector<std::string_view> cells_of(std::string_view line, const std::string& place) {
  if (line.find('"') != line.npos) throw InputError(place, "has a quotation mark, expected plain cells");
  std::vector<std::string_view> cells;
  while (true) {
    const auto comma = std::min(line.find(','), line.size());
    cells.push_back(trimmed(line.substr(0, comma)));
    if (comma == line.size()) return cells;
    if (cells.size() == most_cells)
      throw InputError(place, fmt::format("has more than {} cells, expected at most as many", most_cells));
    line.remove_prefix(comma + 1);
  }
}

}  // namespace

CommaTable::CommaTable(std::string_view text, std::string place, std::span<const std::string_view> columns)
    : place_(std::move(place)) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trimmed(line).empty()) continue;
    if (names_.empty()) {
      header_line_ = number;
      read_header(line, columns);
      continue;
    }
    Row row;
    row.table_ = this;
    row.line_ = number;
    row.cells_ = cells_of(line, fmt::format("{}:{}", place_, number));
    if (row.cells_.size() != names_.size())
      row.fail(
          fmt::format("has {} cells, expected {} as the first line has", row.cells_.size(), names_.size()));
    if (rows_.size() == most_rows) row.fail(fmt::format("expected at most {} rows", most_rows));
    rows_.push_back(std::move(row));
  }
  if (rows_.empty()) throw InputError(place_, "has no rows, expected names of columns and rows below them");
}

void CommaTable::read_header(std::string_view line, std::span<const std::string_view> columns) {
  const std::string place = fmt::format("{}:{}", place_, header_line_);
  for (const std::string_view name : cells_of(line, place)) {
    if (std::ranges::find(columns, name) == columns.end())
      throw InputError(place, fmt::format("unknown column {}, expected some of {}", in_quotes(name),
                                          fmt::join(columns, ", ")));
    if (has(name)) throw InputError(place, fmt::format("column {} is there twice", in_quotes(name)));
    names_.push_back(name);
  }
}

std::size_t CommaTable::index_of(std::string_view column) const {
  return static_cast<std::size_t>(std::ranges::find(names_, column) - names_.begin());
}

bool CommaTable::has(std::string_view column) const {
  return index_of(column) < names_.size();
}

void CommaTable::need(std::string_view column) const {
  if (!has(column))
    throw InputError(fmt::format("{}:{}", place_, header_line_),
                     fmt::format("has no column {}, expected one", in_quotes(column)));
}

std::string_view CommaTable::Row::text(std::string_view column) const {
  return cells_.at(table_->index_of(column));
}

std::uint64_t CommaTable::Row::number(std::string_view column, std::uint64_t maximum) const {
  const std::string_view cell = text(column);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size() || value > maximum)
    fail(fmt::format("{} is {}, expected a whole number, 0 to {}", column, in_quotes(cell), maximum));
  return value;
}

void CommaTable::Row::fail(const std::string& what) const {
  throw InputError(fmt::format("{}:{}", table_->place_, line_), what);
}

}  // namespace neartile::workloads
