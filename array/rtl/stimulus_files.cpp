#include <fmt/format.h>

#include <algorithm>

#include "neartile/pe/pe_type.h"
#include "rtl/bench.h"
#include "rtl/design.h"

namespace neartile::array {
namespace rtl {
namespace {

// Part i of a flat vector is its i-th lowest: bits of rows as hex, row 0 in the last digit's bit 0.
std::string hex_of_bits(const std::vector<bool>& bits) {
  std::string digits;
  for (std::size_t digit = (bits.size() + 3) / 4; digit-- > 0;) {
    unsigned value = 0;
    for (std::size_t i = 0; i < 4 && digit * 4 + i < bits.size(); ++i)
      value |= unsigned{bits[digit * 4 + i]} << i;
    digits += fmt::format("{:x}", value);
  }
  return digits;
}

std::string hex_of_bytes(const std::vector<std::uint8_t>& bytes) {
  std::string digits;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) digits += fmt::format("{:02x}", *byte);
  return digits;
}

// What an edge drives on the input NAME_in.
std::string hex_of_input(const ArrayEdge& edge, std::string_view name) {
  if (name == "w") return hex_of_bytes(edge.weights);
  if (name == "a") {
    std::vector<std::uint8_t> bytes;
    for (const RowEdge& row : edge.rows) bytes.push_back(row.a);
    return hex_of_bytes(bytes);
  }
  std::vector<bool> bits;
  for (const RowEdge& row : edge.rows)
    bits.push_back(name == "s"   ? row.s
                   : name == "v" ? row.v
                   : name == "e" ? row.e
                   : name == "l" ? row.l
                                 : row.b);
  return hex_of_bits(bits);
}

std::string line_of(const std::vector<BenchField>& fields, const ArrayEdge& edge, bool reset) {
  std::string line;
  for (const BenchField& field : fields) {
    if (field.name == "rst_run")
      line += fmt::format("{}", (reset ? 2 : 0) + edge.run);
    else
      line += "_" + hex_of_input(edge, field.name);
  }
  return line + "\n";
}

}  // namespace

std::vector<BenchField> bench_fields(const ArrayConfig& config) {
  std::vector<BenchField> fields{{"rst_run", 2}, {"w", 8 * config.columns}};
  for (const PeRegister& one : pe_registers(config.pe, 0))
    if (one.net_class == NetClass::activation || one.net_class == NetClass::control)
      fields.push_back({std::string(one.name), one.width * config.rows});
  return fields;
}

std::vector<BenchSum> bench_sums(const RtlArray& array, const ArrayStimulus& stimulus) {
  const ArrayConfig& config = array.config;
  const auto cycles = clock_cycles(stimulus, settled_time(config, stimulus));
  std::vector<BenchSum> sums;
  for (const TileStimulus& tile : stimulus.tiles)
    for (std::size_t m = 0; m < tile.m; ++m)
      for (std::size_t c = 0; c < config.columns; ++c) {
        std::int32_t sum = 0;
        for (std::size_t r = 0; r < tile.k; ++r) {
          const std::uint8_t weight =
              c < tile.n ? static_cast<std::uint8_t>(tile.weights[r * tile.n + c]) : std::uint8_t{0};
          sum = pe::accumulate(
              std::int64_t{sum} + array.multiplier.product(tile.activations[m * tile.k + r], weight),
              config.pe.accumulator_bits, config.pe.overflow);
        }
        sums.push_back({reset_lines + cycles[tile.entries[m] + config.rows + c], c, sum});
      }
  std::sort(sums.begin(), sums.end(), [](const BenchSum& a, const BenchSum& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  return sums;
}

}  // namespace rtl

std::string stimulus_hex(const ArrayConfig& config, const ArrayStimulus& stimulus) {
  const auto fields = rtl::bench_fields(config);
  ArrayEdge idle;
  idle.rows.resize(config.rows);
  idle.weights.resize(config.columns);
  std::string text;
  for (std::size_t i = 0; i < rtl::reset_lines; ++i) text += rtl::line_of(fields, idle, true);
  for (const ArrayEdge& edge : edges_of(config, stimulus)) text += rtl::line_of(fields, edge, false);
  return text;
}

std::string expected_hex(const RtlArray& array, const ArrayStimulus& stimulus) {
  const auto bits = array.config.pe.accumulator_bits;
  const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
  std::string text;
  for (const rtl::BenchSum& one : rtl::bench_sums(array, stimulus))
    text += fmt::format("{:08x}_{:04x}_{:08x}\n", one.line, one.column,
                        static_cast<std::uint32_t>(one.sum) & mask);
  return text;
}

}  // namespace neartile::array
