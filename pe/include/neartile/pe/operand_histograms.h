#pragma once

#include <array>
#include <string>
#include <string_view>

namespace neartile::pe {

/// How often each operand pattern occurs, in any unit; the operands are taken to be independent.
struct OperandHistograms {
  std::array<double, 256> activation{};
  std::array<double, 256> weight{};
};

/// Reads {"activation": [256 numbers], "weight": [256 numbers]}, by operand pattern. `place` names the file
/// in errors. Throws InputError.
OperandHistograms read_histograms(std::string_view text, const std::string& place);

}  // namespace neartile::pe
