#include "neartile/array/pe_waves.h"

#include <algorithm>
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

std::uint32_t value_at(const Wave& wave, std::uint64_t time) {
  const auto after = std::upper_bound(wave.begin(), wave.end(), time,
                                      [](std::uint64_t t, const Change& change) { return t < change.cycle; });
  return std::prev(after)->value;
}

/// One PE in array time. Everything comes row + column cycles later than at PE(0, 0).
class PeInTime {
 public:
  PeInTime(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus, std::size_t row,
           std::size_t column)
      : config_(config), type_(type), stimulus_(stimulus), row_(row), column_(column) {}

  PeWaves waves() {
    control();
    loads();
    sums();
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
        w[bank].set(time, weight(tile, from));
      }
      const std::uint64_t end = tile.load_start + column_ + config_.rows + 1;
      if (i + 1 == stimulus_.tiles.size() || skewed(stimulus_.tiles[i + 1].load_start + 1) > end)
        l.set(end, 0);
    }
  }

  std::uint8_t weight(const TileStimulus& tile, std::size_t row) const {
    if (row >= tile.k || column_ >= tile.n) return 0;
    return static_cast<std::uint8_t>(tile.weights[row * tile.n + column_]);
  }

  // The column's sum down to this row, one vector after the other.
  void sums() {
    WaveMaker p(waves_.p);
    const auto bits = type_.config.accumulator_bits;
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
    for (const TileStimulus& tile : stimulus_.tiles)
      for (std::size_t m = 0; m < tile.m; ++m) {
        std::int32_t sum = 0;
        for (std::size_t r = 0; r <= row_ && r < tile.k; ++r)
          sum = pe::accumulate(std::int64_t{sum} + type_.multiplier.table->product(
                                                       tile.activations[m * tile.k + r], weight(tile, r)),
                               bits, type_.config.overflow);
        p.set(skewed(tile.entries[m] + 2), static_cast<std::uint32_t>(sum) & mask);
      }
  }

  // The net follows a, s and the weights.
  void products() {
    std::vector<std::uint64_t> times;
    for (const Wave* wave : {&waves_.a, &waves_.s, &waves_.w0, &waves_.w1})
      for (const Change& change : *wave) times.push_back(change.cycle);
    std::sort(times.begin(), times.end());
    WaveMaker f(waves_.f, product_at(0));
    for (const std::uint64_t time : times) f.set(time, product_at(time));
  }

  std::uint32_t product_at(std::uint64_t time) const {
    const auto a = static_cast<std::uint8_t>(value_at(waves_.a, time));
    const auto w =
        static_cast<std::uint8_t>(value_at(value_at(waves_.s, time) ? waves_.w1 : waves_.w0, time));
    return static_cast<std::uint16_t>(type_.multiplier.table->product(a, w));
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

}  // namespace

PeWaves pe_waves(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                 std::size_t row, std::size_t column) {
  if (row >= config.rows || column >= config.columns) throw std::invalid_argument("pe_waves: no such PE");
  require_valid(config, stimulus);
  PeWaves waves = PeInTime(config, type, stimulus, row, column).waves();
  const auto cycles = clock_cycles(stimulus, settled_time(config, stimulus));
  for (Wave* wave :
       {&waves.a, &waves.s, &waves.v, &waves.e, &waves.l, &waves.b, &waves.w0, &waves.w1, &waves.p, &waves.f})
    to_clock(*wave, cycles);
  return waves;
}

std::vector<traces::BitActivity> bit_activity(const Wave& wave, unsigned bits, std::uint64_t from,
                                              std::uint64_t to) {
  std::vector<traces::BitActivity> activity(bits);
  for (std::size_t i = 0; i < wave.size(); ++i) {
    const std::uint64_t begin = std::max(wave[i].cycle, from);
    const std::uint64_t end = std::min(i + 1 < wave.size() ? wave[i + 1].cycle : to, to);
    const bool is_change = i > 0 && wave[i].cycle >= from && wave[i].cycle < to;
    const std::uint32_t changed = is_change ? wave[i].value ^ wave[i - 1].value : 0;
    for (unsigned bit = 0; bit < bits; ++bit) {
      activity[bit].toggles += changed >> bit & 1u;
      if (begin < end)
        (wave[i].value >> bit & 1u ? activity[bit].cycles_at_1 : activity[bit].cycles_at_0) += end - begin;
    }
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
