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

std::string one_signature(const MultiplierFamily& family, std::size_t parameters) {
  if (parameters == 0) return std::string(family.name);
  std::vector<std::string> names;
  for (const auto& p : family.parameters.first(parameters))
    names.push_back(fmt::format("{} = {}..{}", p.name, p.minimum, p.maximum));
  return fmt::format("{}({})", family.name, fmt::join(names, ", "));
}

std::size_t fewest_parameters(const MultiplierFamily& family) {
  return static_cast<std::size_t>(
      std::count_if(family.parameters.begin(), family.parameters.end(), [](auto& p) { return !p.optional; }));
}

std::string all_signatures() {
  std::vector<std::string> texts;
  for (const auto* family : multiplier_families()) texts.push_back(signature(*family));
  return fmt::format("{}", fmt::join(texts, ", "));
}

const MultiplierFamily& family_named(std::string_view word, std::string_view name) {
  for (const auto* family : multiplier_families())
    if (family->name == word) return *family;
  throw InputError(quoted_multiplier(name),
                   fmt::format("no such family, expected one of {}", all_signatures()));
}

int integer(std::string_view text, const MultiplierFamily& family, std::string_view name) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && end == text.data() + text.size())
    throw InputError(quoted_multiplier(name),
                     fmt::format("parameter is too large, expected {}", signature(family)));
  if (error != std::errc{} || end != text.data() + text.size())
    throw InputError(quoted_multiplier(name),
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

void check(const MultiplierFamily& family, std::vector<int>& values, std::string_view name) {
  if (values.size() < fewest_parameters(family) || values.size() > family.parameters.size())
    throw InputError(quoted_multiplier(name),
                     fmt::format("wrong number of parameters, expected {}", signature(family)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& p = family.parameters[i];
    const int maximum = p.maximum_after ? p.maximum_after(std::span(values).first(i)) : p.maximum;
    if (values[i] < p.minimum || values[i] > maximum)
      throw InputError(quoted_multiplier(name),
                       fmt::format("{} is {}, expected {} to {}", p.name, values[i], p.minimum, maximum));
  }
  values.resize(family.parameters.size(), 0);
}

// Takes ".word" off the end of a name, if it is one of the words.
std::string_view take_suffix(std::string_view& text, std::initializer_list<std::string_view> words) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view last = trimmed(text.substr(dot + 1));
  if (std::find(words.begin(), words.end(), last) == words.end()) return {};
  text = trimmed(text.substr(0, dot));
  return last;
}

void read_operands(std::string_view& text, MultiplierName& parsed, std::string_view name) {
  const std::string_view form = take_suffix(text, {"sm", "native"});
  const std::string_view operands = take_suffix(text, {"u8u8", "u8s8", "s8s8"});
  if (operands.empty() && !form.empty())
    throw InputError(quoted_multiplier(name),
                     fmt::format("\".{}\" without operands, expected \".u8s8.sm\", \".s8s8.sm\" or "
                                 "\".s8s8.native\" at the end",
                                 form));
  if (!operands.empty()) parsed.operands = parse_operands(operands);
  if (operands == "u8u8") parsed.form = Form::core;
  if (form == "native") parsed.form = Form::native;
  if ((operands == "u8u8" && !form.empty()) || (form == "native" && operands != "s8s8"))
    throw InputError(quoted_multiplier(name),
                     fmt::format("{} has no form \"{}\", expected \".u8u8\", \".u8s8.sm\", \".s8s8.sm\" or "
                                 "\".s8s8.native\" at the end",
                                 operands, form));
}

std::string all_native() {
  std::vector<std::string_view> names;
  for (const auto* family : multiplier_families())
    if (family->native != nullptr) names.push_back(family->name);
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

// Names come from files: what an error repeats is short and stays on one line.
std::string quoted_multiplier(std::string_view name) {
  std::string text;
  for (const char c : name.substr(0, 40)) text += c >= ' ' && c <= '~' ? c : '?';
  return fmt::format("multiplier \"{}{}\"", text, name.size() > 40 ? ".." : "");
}

std::string signature(const MultiplierFamily& family) {
  std::vector<std::string> forms;
  for (std::size_t n = fewest_parameters(family); n <= family.parameters.size(); ++n)
    forms.push_back(one_signature(family, n));
  return fmt::format("{}", fmt::join(forms, ", "));
}

// Optional parameters that are 0 are left out.
std::string MultiplierName::text() const {
  std::size_t said = parameters.size();
  while (said > 0 && family->parameters[said - 1].optional && parameters[said - 1] == 0) --said;
  if (said == 0) return std::string(family->name);
  return fmt::format("{}({})", family->name, fmt::join(std::span(parameters).first(said), ","));
}

std::string MultiplierName::full_text() const {
  const Operands read = operands.value_or(Operands::u8s8);
  if (form == Form::core) return fmt::format("{}.{}", text(), to_string(read));
  return fmt::format("{}.{}.{}", text(), to_string(read), form == Form::native ? "native" : "sm");
}

MultiplierName parse_multiplier_name(std::string_view name) {
  std::string_view text = trimmed(name);
  MultiplierName parsed;
  read_operands(text, parsed, name);
  const auto open = text.find('(');
  parsed.family = &family_named(trimmed(text.substr(0, open)), name);
  if (open != std::string_view::npos) {
    if (text.back() != ')')
      throw InputError(quoted_multiplier(name),
                       fmt::format("no closing bracket, expected {}", signature(*parsed.family)));
    const auto list = text.substr(open + 1, text.size() - open - 2);
    if (!trimmed(list).empty()) parsed.parameters = integers(list, *parsed.family, name);
  }
  check(*parsed.family, parsed.parameters, name);
  if (parsed.form == Form::native && parsed.family->native == nullptr)
    throw InputError(quoted_multiplier(name),
                     fmt::format("no native form, expected one of {} for that", all_native()));
  return parsed;
}

}  // namespace neartile::pe
