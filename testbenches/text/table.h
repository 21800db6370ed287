#pragma once

#include <string>
#include <vector>

namespace neartile {

/// A table for a terminal: columns as wide as their longest cell, two spaces between them.
class Table {
 public:
  enum class Align { left, right };
  struct Column {
    std::string title;  ///< one line or two
    Align align = Align::right;
  };

  explicit Table(std::vector<Column> columns);
  void add(std::vector<std::string> cells);
  void add_rule();
  std::string text() const;

 private:
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;  // no cells: a rule
};

}  // namespace neartile
