#include "neartile/pe/operand_histograms.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "neartile/pe/base/error.h"
#include "neartile/pe/base/json_text.h"

namespace neartile::pe {
namespace {

using nlohmann::json;

std::array<double, 256> counts_of(const json& root, const char* key, const std::string& place) {
  const std::string at = fmt::format("{}: /{}", place, key);
  const auto found = root.find(key);
  if (found == root.end() || !found->is_array() || found->size() != 256)
    throw InputError(at, "expected a list of 256 numbers, one an operand pattern");
  std::array<double, 256> counts{};
  double sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const json& value = (*found)[i];
    if (!value.is_number() || value.get<double>() < 0)
      throw InputError(at, fmt::format("pattern {}: expected a number of 0 or more", i));
    sum += counts[i] = value.get<double>();
  }
  if (!(sum > 0) || !std::isfinite(sum)) throw InputError(at, "expected numbers with a finite sum above 0");
  return counts;
}

}  // namespace

OperandHistograms read_histograms(std::string_view text, const std::string& place) {
  check_json(text, place);
  const json root = json::parse(text);
  if (!root.is_object()) throw InputError(place, "expected an object with \"activation\" and \"weight\"");
  for (const auto& [key, value] : root.items())
    if (key != "activation" && key != "weight")
      throw InputError(place,
                       fmt::format("/{}: unknown key, expected activation and weight", in_quotes(key)));
  return {counts_of(root, "activation", place), counts_of(root, "weight", place)};
}

}  // namespace neartile::pe
