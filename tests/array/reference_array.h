#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "neartile/array/cycle_law.h"
#include "neartile/array/pe_toggles.h"
#include "neartile/pe/pe_type.h"
#include "neartile/traces/activity.h"

namespace neartile::array::testing_support {

/// A tile in time: operands, when they reach the array's edge, and the sums that leave it.
struct ReferenceTile {
  std::size_t m = 0, k = 0, n = 0;
  std::vector<std::uint8_t> activations;  ///< m x k
  std::vector<std::int8_t> weights;       ///< k x n
  TileTiming timing;
};

/// What one register stage of the array holds: docs/reference/pe.md names the registers.
struct PeRegisters {
  std::uint8_t a = 0;
  bool s = false, v = false, e = false;
  std::int32_t p = 0;
  std::uint8_t w[2] = {0, 0};
};

/// The array, register by register and edge by edge, as docs/reference/pe.md writes the next state. No
/// tile, no skip, no closed form: the judge of the kernel and of the cycle laws.
class ReferenceArray {
 public:
  ReferenceArray(const ArrayConfig& config, const pe::PeType& type)
      : by_pe(config.rows, config.columns),
        config_(config),
        type_(type),
        pes_(config.rows * config.columns) {}

  /// Runs from reset until nothing moves any more. `tiles` are in order of time.
  void run(const std::vector<ReferenceTile>& tiles) {
    std::uint64_t horizon = 0;
    for (const auto& tile : tiles) horizon = std::max(horizon, tile.timing.end);
    horizon += 2 * (config_.rows + config_.columns);
    left.assign(config_.columns, {});
    for (std::uint64_t cycle = 0; cycle < horizon; ++cycle) edge(tiles, cycle);
  }

  traces::ToggleCounts toggles;
  PeToggles by_pe;                              ///< those of column 0 stand for a row's activation registers
  std::vector<std::vector<std::int32_t>> left;  ///< what left each column, in order
  std::uint64_t last_edge = 0;                  ///< cycles until the last sum was registered

 private:
  struct FromWest {
    std::uint8_t a = 0;
    bool s = false, v = false, e = false;
  };

  const PeRegisters& at(std::size_t r, std::size_t c) const { return pes_[r * config_.columns + c]; }
  std::int16_t product(const PeRegisters& pe) const {
    return type_.multiplier.table->product(pe.a, pe.w[pe.s]);
  }
  bool select_of(std::size_t tile) const { return config_.pe.weight_registers == 2 && tile % 2 == 0; }

  // What the edge of the array drives in a cycle: row r is r cycles late, column c is c cycles late.
  FromWest west(const std::vector<ReferenceTile>& tiles, std::uint64_t cycle, std::size_t r) const {
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      const auto& tile = tiles[i];
      const std::uint64_t first = tile.timing.stream_start + r;
      if (cycle < first || cycle >= first + tile.m) continue;
      const bool used = r < tile.k;
      const std::uint8_t a = used ? tile.activations[(cycle - first) * tile.k + r] : std::uint8_t{0xa5};
      return {a, select_of(i), true, used};
    }
    return {};
  }

  // The weight register of PE(r,c) on an edge: in a load, rows r and up shift down by one.
  void next_weight(const std::vector<ReferenceTile>& tiles, std::uint64_t cycle, std::size_t r, std::size_t c,
                   PeRegisters& next) const {
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      const auto& tile = tiles[i];
      const std::uint64_t start = tile.timing.load_start + c;
      if (cycle < start + r || cycle >= start + config_.rows) continue;
      const std::size_t bank = select_of(i);
      if (r > 0) {
        next.w[bank] = at(r - 1, c).w[bank];
      } else {
        const std::size_t row = config_.rows - 1 - (cycle - start);
        const bool used = row < tile.k && c < tile.n;
        next.w[bank] = used ? static_cast<std::uint8_t>(tile.weights[row * tile.n + c]) : std::uint8_t{0};
      }
    }
  }

  PeRegisters next_state(const std::vector<ReferenceTile>& tiles, std::uint64_t cycle, std::size_t r,
                         std::size_t c) const {
    const PeRegisters& now = at(r, c);
    PeRegisters next = now;
    const FromWest in = c == 0 ? west(tiles, cycle, r)
                               : FromWest{at(r, c - 1).a, at(r, c - 1).s, at(r, c - 1).v, at(r, c - 1).e};
    next.v = in.v;
    if (in.v) next.s = in.s;
    if (in.v) next.e = in.e;
    if (in.v && in.e) next.a = in.a;
    if (now.v) {
      const std::int64_t above = r == 0 ? 0 : at(r - 1, c).p;
      next.p = pe::accumulate(above + (now.e ? product(now) : 0), type_.config.accumulator_bits,
                              type_.config.overflow);
    }
    next_weight(tiles, cycle, r, c, next);
    return next;
  }

  void edge(const std::vector<ReferenceTile>& tiles, std::uint64_t cycle) {
    std::vector<PeRegisters> after(pes_.size());
    for (std::size_t r = 0; r < config_.rows; ++r)
      for (std::size_t c = 0; c < config_.columns; ++c) {
        const PeRegisters& now = at(r, c);
        const PeRegisters next = next_state(tiles, cycle, r, c);
        count(r, c, bits(now.a ^ next.a, 8), bits(product(now) ^ product(next), 16),
              bits(now.p ^ next.p, type_.config.accumulator_bits));
        if (r + 1 == config_.rows && now.v) {
          left[c].push_back(next.p);
          last_edge = cycle + 1;
        }
        after[r * config_.columns + c] = next;
      }
    pes_ = after;
  }

  void count(std::size_t r, std::size_t c, std::uint64_t a, std::uint64_t f, std::uint64_t p) {
    toggles += traces::ToggleCounts{a, f, p};
    if (c == 0) by_pe.activation[r] += a;
    by_pe.product[r * config_.columns + c] += f;
    by_pe.partial_sum[r * config_.columns + c] += p;
  }

  static std::uint64_t bits(int difference, std::uint64_t width) {
    const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
    return static_cast<std::uint64_t>(std::popcount(static_cast<std::uint32_t>(difference) & mask));
  }

  ArrayConfig config_;
  pe::PeType type_;
  std::vector<PeRegisters> pes_;
};

}  // namespace neartile::array::testing_support
