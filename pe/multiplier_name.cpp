#include "multiplier_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "neartile/pe/base/error.h"

namespace neartile::pe {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Names come from files: what an error repeats is short and stays on one line.
std::string quoted(std::string_view name) {
  std::string text;
  for (const char c : name.substr(0, 40)) text += c >= ' ' && c <= '~' ? c : '?';
  return fmt::format("multiplier \"{}{}\"", text, name.size() > 40 ? ".." : "");
}

std::string signature(const MultiplierFamily& family) {
  if (family.parameters.empty()) return std::string(family.name);
  std::vector<std::string> names;
  for (const auto& p : family.parameters)
    names.push_back(fmt::format("{} = {}..{}", p.name, p.minimum, p.maximum));
  return fmt::format("{}({})", family.name, fmt::join(names, ", "));
}

std::string all_signatures() {
  std::vector<std::string> texts;
  for (const auto* family : multiplier_families()) texts.push_back(signature(*family));
  return fmt::format("{}", fmt::join(texts, ", "));
}

const MultiplierFamily& family_named(std::string_view word, std::string_view name) {
  for (const auto* family : multiplier_families())
    if (family->name == word) return *family;
  throw InputError(quoted(name), fmt::format("no such family, expected one of {}", all_signatures()));
}

int integer(std::string_view text, const MultiplierFamily& family, std::string_view name) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw InputError(quoted(name),
                     fmt::format("parameter is not a whole number, expected {}", signature(family)));
  return value;
}

std::vector<int> integers(std::string_view list, const MultiplierFamily& family, std::string_view name) {
  std::vector<int> values;
  for (;;) {
    const auto comma = list.find(',');
    values.push_back(integer(trimmed(list.substr(0, comma)), family, name));
    if (comma == std::string_view::npos || values.size() > family.parameters.size()) return values;
    list.remove_prefix(comma + 1);
  }
}

void check(const MultiplierFamily& family, const std::vector<int>& values, std::string_view name) {
  if (values.size() != family.parameters.size())
    throw InputError(quoted(name), fmt::format("wrong number of parameters, expected {}", signature(family)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& p = family.parameters[i];
    if (values[i] < p.minimum || values[i] > p.maximum)
      throw InputError(quoted(name),
                       fmt::format("{} is {}, expected {} to {}", p.name, values[i], p.minimum, p.maximum));
  }
}

}  // namespace

std::string MultiplierName::text() const {
  if (parameters.empty()) return std::string(family->name);
  return fmt::format("{}({})", family->name, fmt::join(parameters, ","));
}

MultiplierName parse_multiplier_name(std::string_view name) {
  const std::string_view text = trimmed(name);
  const auto open = text.find('(');
  MultiplierName parsed;
  parsed.family = &family_named(trimmed(text.substr(0, open)), name);
  if (open != std::string_view::npos) {
    if (text.back() != ')')
      throw InputError(quoted(name),
                       fmt::format("no closing bracket, expected {}", signature(*parsed.family)));
    const auto list = text.substr(open + 1, text.size() - open - 2);
    if (!trimmed(list).empty()) parsed.parameters = integers(list, *parsed.family, name);
  }
  check(*parsed.family, parsed.parameters, name);
  return parsed;
}

}  // namespace neartile::pe
