#include "verilog_names.h"

#include <algorithm>

namespace neartile::pe {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Keywords of Verilog and SystemVerilog are lower case; all but a few have letters and '_' only.
bool may_be_keyword(std::string_view name) {
  if (name.size() > 1 && is_digit(name.back())) {
    name.remove_suffix(1);
    for (const std::string_view stem : {"supply", "pull", "strong", "weak", "highz"}) {
      if (name == stem) return true;
    }
    return false;
  }
  return name.size() > 1 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string plain(std::string_view wanted) {
  std::string name;
  for (const char c : wanted.substr(0, 100)) {
    if (is_letter(c) || is_digit(c)) {
      name += c;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  }
  if (!name.empty() && name.back() == '_') name.pop_back();
  if (name.empty() || !is_letter(name.front())) name.insert(0, "n");
  return may_be_keyword(name) ? name + "_n" : name;
}

}  // namespace

std::string VerilogNames::give(std::string_view wanted) {
  const std::string base = plain(wanted);
  std::string name = base;
  while (!taken_.insert(name).second) name = base + "_u" + std::to_string(next_++);
  return name;
}

}  // namespace neartile::pe
