#include "text/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace neartile {

Table::Table(std::vector<Column> columns) {
  std::vector<std::string> upper, lower;
  bool two_lines = false;
  for (const Column& column : columns) {
    const auto end = column.title.find('\n');
    const bool both = end != std::string::npos;
    upper.push_back(both ? column.title.substr(0, end) : "");
    lower.push_back(both ? column.title.substr(end + 1) : column.title);
    two_lines |= both;
    align_.push_back(column.align);
  }
  if (two_lines) add(std::move(upper));
  add(std::move(lower));
  add_rule();
}

void Table::add(std::vector<std::string> cells) {
  assert(cells.size() == align_.size());
  rows_.push_back(std::move(cells));
}

void Table::add_rule() {
  rows_.emplace_back();
}

std::string Table::text() const {
  std::vector<std::size_t> width(align_.size(), 0);
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], row[i].size());
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < width.size(); ++i) {
      if (i > 0) line += "  ";
      if (row.empty())
        line += std::string(width[i], '-');
      else if (align_[i] == Align::left)
        line += fmt::format("{:<{}}", row[i], width[i]);
      else
        line += fmt::format("{:>{}}", row[i], width[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace neartile
