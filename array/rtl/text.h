#pragma once

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace neartile::array::rtl {

/// A text that grows line by line.
class Text {
 public:
  template <class... Arguments>
  Text& line(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Arguments>(arguments)...);
    text_ += '\n';
    return *this;
  }
  Text& line() {
    text_ += '\n';
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// "[7:0] ", "[23:4] "; nothing for a bit.
inline std::string range(unsigned high, unsigned low = 0) {
  return high == low && low == 0 ? "" : fmt::format("[{}:{}] ", high, low);
}
inline std::string range_of_width(std::size_t width) {
  return width == 1 ? "" : fmt::format("[{}:0] ", width - 1);
}
/// Part `index` of a flat vector of parts of `width` bits: "x[15:8]"; "x" where it is all.
inline std::string part(const std::string& name, std::size_t index, std::size_t width, std::size_t count) {
  if (count * width == 1) return name;
  if (width == 1) return fmt::format("{}[{}]", name, index);
  return fmt::format("{}[{}:{}]", name, (index + 1) * width - 1, index * width);
}

/// Ports or connections, one a line with commas between them.
class List {
 public:
  void add(std::string item, std::string comment = {}) {
    items_.emplace_back(std::move(item), std::move(comment));
  }
  void write(Text& text, const char* indent) const {
    for (std::size_t i = 0; i < items_.size(); ++i)
      text.line("{}{}{}{}{}", indent, items_[i].first, i + 1 < items_.size() ? "," : "",
                items_[i].second.empty() ? "" : "  // ", items_[i].second);
  }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

}  // namespace neartile::array::rtl
