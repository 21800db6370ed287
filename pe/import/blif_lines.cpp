#include "blif_lines.h"

namespace neartile::pe {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

void append_words(std::string_view text, std::vector<std::string_view>& words) {
  while (true) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin);
    const std::size_t end = text.find_first_of(blanks);
    words.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end);
  }
}

}  // namespace

std::string_view BlifLines::take_line() {
  const std::size_t end = text_.find('\n');
  const std::string_view line = text_.substr(0, end);
  text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
  ++line_;
  return line;
}

bool BlifLines::next(BlifLine& line) {
  line.words.clear();
  while (!text_.empty()) {
    std::string_view piece = take_line();
    if (line.words.empty()) line.line = line_;
    piece = piece.substr(0, piece.find('#'));
    const std::size_t last = piece.find_last_not_of(blanks);
    piece = piece.substr(0, last == std::string_view::npos ? 0 : last + 1);
    const bool continued = !piece.empty() && piece.back() == '\\';
    if (continued) piece.remove_suffix(1);
    append_words(piece, line.words);
    if (!continued && !line.words.empty()) return true;
  }
  return !line.words.empty();
}

}  // namespace neartile::pe
