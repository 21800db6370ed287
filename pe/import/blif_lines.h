#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neartile::pe {

/// A line of a BLIF file in words: comments left out, continued lines joined.
struct BlifLine {
  unsigned line = 0;  ///< where it begins, from 1
  std::vector<std::string_view> words;
};

/// The lines that are not empty, one after the other.
class BlifLines {
 public:
  explicit BlifLines(std::string_view text) : text_(text) {}
  /// False at the end of the text.
  bool next(BlifLine& line);

 private:
  std::string_view take_line();

  std::string_view text_;
  unsigned line_ = 0;
};

}  // namespace neartile::pe
