#include "multipliers/shelf.h"

#include <algorithm>
#include <sstream>

#include "neartile/pe/base/error.h"

namespace neartile::multipliers {

std::vector<std::string> shelf_names() {
  std::vector<std::string> names;
  std::istringstream lines{std::string(embedded_names())};
  for (std::string line; std::getline(lines, line);)
    if (!line.empty() && line.front() != '#') names.push_back(line);
  return names;
}

std::vector<std::string> forms_of(const std::string& name) {
  std::vector<std::string> forms{name + ".u8u8", name + ".u8s8.sm", name + ".s8s8.sm"};
  const std::string_view word = std::string_view(name).substr(0, name.find('('));
  for (const pe::MultiplierFamily* family : pe::multiplier_families())
    if (family->name == word && family->native) forms.push_back(name + ".s8s8.native");
  return forms;
}

const std::vector<Measurement>& shelf_results() {
  static const std::vector<Measurement> results = read_shelf(embedded_results(), "shelf");
  return results;
}

const Measurement* find_result(std::string_view full_name) {
  const auto& all = shelf_results();
  const auto found = std::find_if(all.begin(), all.end(), [&](auto& m) { return m.name == full_name; });
  return found == all.end() ? nullptr : &*found;
}

const Measurement* find_by_hash(const std::string& hash, std::string_view operands) {
  const auto& all = shelf_results();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](auto& m) { return m.hash == hash && m.operands == operands; });
  return found == all.end() ? nullptr : &*found;
}

const Measurement* exact_for(std::string_view operands) {
  if (operands == "u8u8") return find_result("exact.u8u8");
  return find_result(operands == "u8s8" ? "exact.u8s8.sm" : "exact.s8s8.native");
}

}  // namespace neartile::multipliers
