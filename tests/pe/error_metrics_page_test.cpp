#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

#include "neartile/pe/decomposition.h"
#include "neartile/pe/error_metrics.h"

namespace neartile::pe {
namespace {

std::string row_of(const std::string& name) {
  const Circuit circuit = make_circuit(name + ".u8u8");
  const auto m = error_metrics(circuit);
  const auto terms = decompose(circuit);
  return fmt::format("| `{}` | {:.2f} | {:.0f} | {:.2f} | {:.2f} | {:.3f} | {:.2f} | {} | {} |", name,
                     m.mean_absolute, m.worst_case, m.probability_percent, m.bias, m.mean_relative_percent,
                     m.worst_relative_percent, m.wrong_at_zero, terms ? fmt::to_string(terms->size()) : "-");
}

TEST(ErrorMetrics, OfTheReferencePageAreThoseOfTheCircuits) {
  std::ifstream page(NEARTILE_SOURCE_DIR "/docs/reference/multipliers.md");
  ASSERT_TRUE(page);
  std::set<std::string> families;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("| `", 0) != 0 || std::count(line.begin(), line.end(), '|') != 10) continue;
    const std::string name = line.substr(3, line.find('`', 3) - 3);
    EXPECT_EQ(line, row_of(name));
    families.insert(name.substr(0, name.find('(')));
  }
  EXPECT_EQ(families.size(), multiplier_families().size()) << "every family has a row";
}

}  // namespace
}  // namespace neartile::pe
