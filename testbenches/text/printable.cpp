#include "text/printable.h"

#include <fmt/format.h>

namespace neartile {

std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\n' || c == '\t' ? ' ' : c >= ' ' && c <= '~' ? c : '?';
  return result;
}

std::string fitted(std::string_view text, std::size_t width) {
  std::string line = printable(text);
  if (line.size() <= width) return line;
  const std::size_t front = (width - 2) / 2, back = width - 2 - front;
  return fmt::format("{}..{}", line.substr(0, front), line.substr(line.size() - back));
}

}  // namespace neartile
