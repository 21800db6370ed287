#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "neartile/array/cycle_law.h"
#include "neartile/array/pe_registers.h"
#include "neartile/array/pe_toggles.h"
#include "neartile/array/stimulus.h"
#include "neartile/pe/pe_type.h"
#include "neartile/traces/activity.h"

namespace neartile::array::testing_support {

/// A tile as the schedule of the cycle laws places it: without bubbles.
struct ReferenceTile {
  std::size_t m = 0, k = 0, n = 0;
  std::vector<std::uint8_t> activations;  ///< m x k
  std::vector<std::int8_t> weights;       ///< k x n
  TileTiming timing;
};

inline ArrayStimulus stimulus_of(const std::vector<ReferenceTile>& tiles) {
  ArrayStimulus stimulus;
  for (const auto& tile : tiles) {
    stimulus.tiles.push_back(
        {tile.m, tile.k, tile.n, tile.activations, tile.weights, tile.timing.load_start, {}});
    for (std::size_t m = 0; m < tile.m; ++m)
      stimulus.tiles.back().entries.push_back(tile.timing.stream_start + m);
  }
  return stimulus;
}

/// What a PE holds: docs/reference/pe.md names the registers.
struct PeRegisters {
  std::uint8_t a = 0;
  bool s = false, v = false, e = false, l = false, b = false;
  std::uint8_t w[2] = {0, 0};
  std::int32_t p = 0;
};

/// The array, register by register and edge by edge, as docs/reference/pe.md writes the next state. No
/// tile, no skip, no closed form: the judge of the kernel, the waves and the cycle laws.
class ReferenceArray {
 public:
  ReferenceArray(const ArrayConfig& config, const pe::PeType& type)
      : by_pe(config.rows, config.columns),
        left(config.columns),
        config_(config),
        type_(type),
        pes_(config.rows * config.columns) {}

  /// Runs from reset until nothing moves any more. Inputs that do not count are not 0.
  void run(const ArrayStimulus& stimulus) {
    for (ArrayEdge& edge : edges_of(config_, stimulus)) {
      for (RowEdge& row : edge.rows)
        if (!row.v || !row.e) row.a = 0xa5;
      step(edge);
    }
  }
  void run(const std::vector<ReferenceTile>& tiles) { run(stimulus_of(tiles)); }

  /// One edge of the clock.
  void step(const ArrayEdge& edge) {
    ++cycle_;
    if (!type_.config.clock_gating) count_all_clocks();
    if (!edge.run) return;
    std::vector<PeRegisters> after(pes_.size());
    for (std::size_t r = 0; r < config_.rows; ++r)
      for (std::size_t c = 0; c < config_.columns; ++c) {
        const PeRegisters& now = at(r, c);
        const PeRegisters next = next_state(edge, r, c);
        count(r, c, now, next);
        if (type_.config.clock_gating) count_clocks(west(edge, r, c), now.v);
        if (r + 1 == config_.rows && now.v) {
          left[c].push_back(next.p);
          last_edge = cycle_;
        }
        after[r * config_.columns + c] = next;
      }
    pes_ = after;
  }

  const PeRegisters& at(std::size_t r, std::size_t c) const { return pes_[r * config_.columns + c]; }
  std::int16_t product(const PeRegisters& pe) const {
    return type_.multiplier.table->product(pe.a, pe.w[pe.s]);
  }

  traces::ToggleCounts toggles;                 ///< activation, product and partial sum
  PeToggles by_pe;                              ///< those of column 0 stand for a row's activation registers
  traces::ToggleCounts others;                  ///< weight and control registers
  traces::ClockCounts clocks;                   ///< edges at flip-flops
  std::vector<std::vector<std::int32_t>> left;  ///< what left each column, in order
  std::uint64_t last_edge = 0;                  ///< cycles until the last sum was registered

 private:
  RowEdge west(const ArrayEdge& edge, std::size_t r, std::size_t c) const {
    if (c == 0) return edge.rows[r];
    const PeRegisters& pe = at(r, c - 1);
    return {pe.a, pe.s, pe.v, pe.e, pe.l, pe.b};
  }

  // What comes down the column to load: the row above shows the register that its own input names.
  std::uint8_t weight_from_above(const ArrayEdge& edge, std::size_t r, std::size_t c) const {
    if (r == 0) return edge.weights[c];
    return at(r - 1, c).w[west(edge, r - 1, c).b];
  }

  PeRegisters next_state(const ArrayEdge& edge, std::size_t r, std::size_t c) const {
    const PeRegisters& now = at(r, c);
    const RowEdge in = west(edge, r, c);
    PeRegisters next = now;
    next.v = in.v;
    if (in.v) next.s = in.s;
    if (in.v) next.e = in.e;
    if (in.v && in.e) next.a = in.a;
    next.l = in.l;
    if (in.l) next.b = in.b;
    if (in.l) next.w[in.b] = weight_from_above(edge, r, c);
    if (now.v) {
      const std::int64_t above = r == 0 ? 0 : at(r - 1, c).p;
      next.p = pe::accumulate(above + (now.e ? product(now) : 0), type_.config.accumulator_bits,
                              type_.config.overflow);
    }
    return next;
  }

  void count(std::size_t r, std::size_t c, const PeRegisters& now, const PeRegisters& next) {
    const std::uint64_t a = bits(now.a ^ next.a, 8), f = bits(product(now) ^ product(next), 16);
    const std::uint64_t p = bits(now.p ^ next.p, type_.config.accumulator_bits);
    toggles += traces::ToggleCounts{a, f, p, 0, 0};
    if (c == 0) by_pe.activation[r] += a;
    by_pe.product[r * config_.columns + c] += f;
    by_pe.partial_sum[r * config_.columns + c] += p;
    others.weight += bits(now.w[0] ^ next.w[0], 8) + bits(now.w[1] ^ next.w[1], 8);
    others.control +=
        (now.s != next.s) + (now.v != next.v) + (now.e != next.e) + (now.l != next.l) + (now.b != next.b);
  }

  std::uint64_t sum_flops() const {
    return type_.config.accumulator_bits - low_zero_bits(*type_.multiplier.table, type_.config.overflow);
  }
  void count_clocks(const RowEdge& in, bool valid) {
    clocks.activation += in.v && in.e ? 8 : 0;
    clocks.partial_sum += valid ? sum_flops() : 0;
    clocks.weight += in.l ? 8 : 0;
    clocks.control += type_.config.weight_registers == 2 ? 5 : 3;
  }
  void count_all_clocks() {
    const std::uint64_t pes = pes_.size(), registers = type_.config.weight_registers;
    clocks.activation += 8 * pes;
    clocks.partial_sum += sum_flops() * pes;
    clocks.weight += 8 * registers * pes;
    clocks.control += (registers == 2 ? 5 : 3) * pes;
  }

  static std::uint64_t bits(int difference, std::uint64_t width) {
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    return static_cast<std::uint64_t>(std::popcount(static_cast<std::uint32_t>(difference) & mask));
  }

  ArrayConfig config_;
  pe::PeType type_;
  std::vector<PeRegisters> pes_;
  std::uint64_t cycle_ = 0;
};

}  // namespace neartile::array::testing_support
