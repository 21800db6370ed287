#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace neartile::workloads {

/// A table of comma-separated cells without quotes, with the columns' names in its first line. It refers to
/// the text it was made from; all errors are InputErrors "place:line: ..".
class CommaTable {
 public:
  /// A line below the first.
  class Row {
   public:
    std::string_view text(std::string_view column) const;
    /// A whole number from 0 to `maximum`.
    std::uint64_t number(std::string_view column, std::uint64_t maximum) const;
    [[noreturn]] void fail(const std::string& what) const;

   private:
    friend CommaTable;
    const CommaTable* table_ = nullptr;
    std::size_t line_ = 0;
    std::vector<std::string_view> cells_;
  };

  /// `columns` are the names that there may be. Lines may end in CR LF; empty ones count for nothing.
  CommaTable(std::string_view text, std::string place, std::span<const std::string_view> columns);
  CommaTable(const CommaTable&) = delete;

  bool has(std::string_view column) const;
  /// Throws unless the column is there.
  void need(std::string_view column) const;
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::size_t index_of(std::string_view column) const;
  void read_header(std::string_view line, std::span<const std::string_view> columns);

  std::string place_;
  std::size_t header_line_ = 0;
  std::vector<std::string_view> names_;
  std::vector<Row> rows_;
};

}  // namespace neartile::workloads
