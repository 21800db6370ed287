#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "neartile/array/rtl.h"
#include "rtl/design.h"

namespace neartile::array::rtl {

/// Lines of stimulus.hex that are reset, before cycle 0 of the stimulus.
inline constexpr std::size_t reset_lines = 1;

/// A field of a line of stimulus.hex, in whole hex digits; the first one is two bits, reset and run.
struct BenchField {
  std::string name;  ///< "rst_run", "w", "a", "v", ..
  std::size_t bits;
  std::size_t digits() const { return (bits + 3) / 4; }
};
std::vector<BenchField> bench_fields(const ArrayConfig& config);

/// A sum that leaves the array: the edge that ends line `line` of stimulus.hex brings it.
struct BenchSum {
  std::uint64_t line;
  std::size_t column;
  std::int32_t sum;
};
/// In the order in which they come; columns beside the tile give sums, too.
std::vector<BenchSum> bench_sums(const RtlArray& array, const ArrayStimulus& stimulus);

/// testbench.sv for a stimulus.hex and an expected.hex of so many lines.
std::string testbench_module(const Design& design, const RtlBench& bench, std::size_t lines,
                             std::size_t sums);

}  // namespace neartile::array::rtl
