#include "neartile/array/pe_waves.h"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace neartile::array {
namespace {

/// Puts changes behind one another, leaving out those that change nothing.
class WaveMaker {
 public:
  explicit WaveMaker(Wave& wave, std::uint32_t initial = 0) : wave_(wave) { wave_ = {{0, initial}}; }
  void set(std::uint64_t time, std::uint32_t value) {
    if (wave_.back().value == value) return;
    if (wave_.back().cycle == time)
      wave_.back().value = value;
    else
      wave_.push_back({time, value});
  }

 private:
  Wave& wave_;
};

std::uint8_t weight_of(const TileStimulus& tile, std::size_t row, std::size_t column) {
  if (row >= tile.k || column >= tile.n) return 0;
  return static_cast<std::uint8_t>(tile.weights[row * tile.n + column]);
}

/// The sums of all vectors on their way down a column.
class ColumnSums {
 public:
  ColumnSums(const pe::PeType& type, const ArrayStimulus& stimulus, std::size_t column)
      : type_(type), stimulus_(stimulus), column_(column) {
    for (const TileStimulus& tile : stimulus.tiles) sums_.emplace_back(tile.m, 0);
  }

  /// Takes them through the PE in `row`; rows come in order, and those below a tile add nothing.
  void pass(std::size_t row) {
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const TileStimulus& tile = stimulus_.tiles[i];
      if (row >= tile.k) continue;
      const std::uint8_t weight = weight_of(tile, row, column_);
      for (std::size_t m = 0; m < tile.m; ++m)
        sums_[i][m] =
            pe::accumulate(std::int64_t{sums_[i][m]} +
                               type_.multiplier.table->product(tile.activations[m * tile.k + row], weight),
                           type_.config.accumulator_bits, type_.config.overflow);
    }
  }
  std::int32_t of(std::size_t tile, std::size_t vector) const { return sums_[tile][vector]; }

 private:
  const pe::PeType& type_;
  const ArrayStimulus& stimulus_;
  std::size_t column_;
  std::vector<std::vector<std::int32_t>> sums_;  // by tile and vector
};

/// One PE in array time. Everything comes row + column cycles later than at PE(0, 0).
class PeInTime {
 public:
  PeInTime(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus, std::size_t row,
           std::size_t column)
      : config_(config), type_(type), stimulus_(stimulus), row_(row), column_(column) {}

  /// `column_sums` has passed this row.
  PeWaves waves(const ColumnSums& column_sums) {
    control();
    loads();
    sums(column_sums);
    products();
    return std::move(waves_);
  }

 private:
  std::uint64_t skewed(std::uint64_t time) const { return time + row_ + column_; }
  bool is_used(const TileStimulus& tile) const { return row_ < tile.k; }

  // A vector that is at the edge in cycle t is in the registers from t + 1 on.
  void control() {
    WaveMaker a(waves_.a), s(waves_.s), v(waves_.v), e(waves_.e);
    std::uint64_t free = 0;  // the first cycle without a vector, behind the last one
    for (std::size_t i = 0; i < stimulus_.tiles.size(); ++i) {
      const TileStimulus& tile = stimulus_.tiles[i];
      for (std::size_t m = 0; m < tile.m; ++m) {
        const std::uint64_t time = skewed(tile.entries[m] + 1);
        if (free < time) v.set(free, 0);
        v.set(time, 1);
        s.set(time, weight_register(config_, i));
        e.set(time, is_used(tile));
        if (is_used(tile)) a.set(time, tile.activations[m * tile.k + row_]);
        free = time + 1;
      }
    }
    v.set(free, 0);
  }

  // Of a load's R weights the last row's comes first; row r takes part in the last R - r cycles.
  void loads() {
    WaveMaker l(waves_.l), b(waves_.b);
    WaveMaker w[2] = {WaveMaker(waves_.w0), WaveMaker(waves_.w1)};
    for (std::size_t i = 0; i < stimulus_.tiles.size(); ++i) {
      const TileStimulus& tile = stimulus_.tiles[i];
      const unsigned bank = weight_register(config_, i);
      for (std::size_t from = config_.rows; from-- > row_;) {
        const std::uint64_t time = skewed(tile.load_start + (config_.rows - 1 - from) + 1);
        l.set(time, 1);
        b.set(time, bank);
        w[bank].set(time, weight_of(tile, from, column_));
      }
      const std::uint64_t end = tile.load_start + column_ + config_.rows + 1;
      if (i + 1 == stimulus_.tiles.size() || skewed(stimulus_.tiles[i + 1].load_start + 1) > end)
        l.set(end, 0);
    }
  }

  void sums(const ColumnSums& column_sums) {
    WaveMaker p(waves_.p);
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << type_.config.accumulator_bits) - 1);
    for (std::size_t i = 0; i < stimulus_.tiles.size(); ++i)
      for (std::size_t m = 0; m < stimulus_.tiles[i].m; ++m)
        p.set(skewed(stimulus_.tiles[i].entries[m] + 2),
              static_cast<std::uint32_t>(column_sums.of(i, m)) & mask);
  }

  // The net follows a, s and the weights, from change to change of any of them.
  void products() {
    const Wave* const inputs[] = {&waves_.a, &waves_.s, &waves_.w0, &waves_.w1};
    std::size_t at[4] = {0, 0, 0, 0};
    WaveMaker f(waves_.f, static_cast<std::uint16_t>(type_.multiplier.table->product(0, 0)));
    while (true) {
      std::uint64_t next = ~std::uint64_t{0};
      for (std::size_t i = 0; i < 4; ++i)
        if (at[i] + 1 < inputs[i]->size()) next = std::min(next, (*inputs[i])[at[i] + 1].cycle);
      if (next == ~std::uint64_t{0}) return;
      std::uint32_t value[4];
      for (std::size_t i = 0; i < 4; ++i) {
        if (at[i] + 1 < inputs[i]->size() && (*inputs[i])[at[i] + 1].cycle == next) ++at[i];
        value[i] = (*inputs[i])[at[i]].value;
      }
      const auto a = static_cast<std::uint8_t>(value[0]);
      const auto w = static_cast<std::uint8_t>(value[1] ? value[3] : value[2]);
      f.set(next, static_cast<std::uint16_t>(type_.multiplier.table->product(a, w)));
    }
  }

  const ArrayConfig& config_;
  const pe::PeType& type_;
  const ArrayStimulus& stimulus_;
  std::size_t row_, column_;
  PeWaves waves_;
};

// From array time to cycles of the clock: a change becomes visible behind the cycle that it ends.
void to_clock(Wave& wave, const std::vector<std::uint64_t>& cycles) {
  for (Change& change : wave)
    if (change.cycle > 0) change.cycle = cycles[change.cycle - 1] + 1;
}

/// The waves of the PE in cycles of the clock.
PeWaves in_cycles(PeWaves waves, const std::vector<std::uint64_t>& cycles) {
  for (Wave* wave :
       {&waves.a, &waves.s, &waves.v, &waves.e, &waves.l, &waves.b, &waves.w0, &waves.w1, &waves.p, &waves.f})
    to_clock(*wave, cycles);
  return waves;
}

}  // namespace

PeWaves pe_waves(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                 std::size_t row, std::size_t column) {
  if (row >= config.rows || column >= config.columns) throw std::invalid_argument("pe_waves: no such PE");
  require_valid(config, stimulus);
  ColumnSums sums(type, stimulus, column);
  for (std::size_t r = 0; r <= row; ++r) sums.pass(r);
  return in_cycles(PeInTime(config, type, stimulus, row, column).waves(sums),
                   clock_cycles(stimulus, settled_time(config, stimulus)));
}

void for_each_pe(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                 const VisitPe& visit) {
  require_valid(config, stimulus);
  const auto cycles = clock_cycles(stimulus, settled_time(config, stimulus));
  for (std::size_t c = 0; c < config.columns; ++c) {
    ColumnSums sums(type, stimulus, c);
    for (std::size_t r = 0; r < config.rows; ++r) {
      sums.pass(r);
      visit(r, c, in_cycles(PeInTime(config, type, stimulus, r, c).waves(sums), cycles));
    }
  }
}

std::vector<traces::BitActivity> bit_activity(const Wave& wave, unsigned bits, std::uint64_t from,
                                              std::uint64_t to) {
  std::vector<traces::BitActivity> activity(bits);
  std::vector<std::uint64_t> rose(bits, from);  // when a bit that is 1 became so, or the window began
  const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
  std::uint32_t now = 0;
  for (const Change& change : wave) {
    if (change.cycle >= to) break;
    for (std::uint32_t changed = (change.value ^ now) & mask; changed != 0; changed &= changed - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(changed));
      const std::uint64_t when = std::max(change.cycle, from);
      if (change.value >> bit & 1u)
        rose[bit] = when;
      else
        activity[bit].cycles_at_1 += when - rose[bit];
      // What a wave begins with is no change.
      if (change.cycle >= from && &change != &wave.front()) ++activity[bit].toggles;
    }
    now = change.value;
  }
  for (std::size_t bit = 0; bit < bits; ++bit) {
    if (now >> bit & 1u) activity[bit].cycles_at_1 += std::max(from, to) - rose[bit];
    activity[bit].cycles_at_0 = std::max(from, to) - from - activity[bit].cycles_at_1;
  }
  return activity;
}

const Wave& wave_of(const PeWaves& waves, const PeRegister& net) {
  static const std::pair<std::string_view, const Wave PeWaves::*> by_name[] = {
      {"a", &PeWaves::a}, {"s", &PeWaves::s},   {"v", &PeWaves::v},   {"e", &PeWaves::e}, {"l", &PeWaves::l},
      {"b", &PeWaves::b}, {"w0", &PeWaves::w0}, {"w1", &PeWaves::w1}, {"p", &PeWaves::p}, {"f", &PeWaves::f}};
  for (const auto& [name, wave] : by_name)
    if (name == net.name) return waves.*wave;
  throw std::invalid_argument("no such register of a PE: " + std::string(net.name));
}

std::vector<RegisterActivity> pe_activity(const pe::PeType& type, const PeWaves& waves, std::uint64_t from,
                                          std::uint64_t to) {
  std::vector<RegisterActivity> activity;
  const unsigned low_zeros = low_zero_bits(*type.multiplier.table, type.config.overflow);
  for (const PeRegister& net : pe_registers(type.config, low_zeros)) {
    auto bits = bit_activity(wave_of(waves, net), net.high() + 1, from, to);
    bits.erase(bits.begin(), bits.begin() + net.low);
    activity.push_back({net, std::move(bits)});
  }
  return activity;
}

}  // namespace neartile::array
