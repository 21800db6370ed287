#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "neartile/pe/circuit_cost.h"

namespace neartile::pe {

/// Timed energy of every transition a -> a' of the activation under every held weight.
class TransitionTable {
 public:
  /// Of activations `from` to `to` while `weight` is held.
  double energy_fJ(std::uint8_t weight, std::uint8_t from, std::uint8_t to) const {
    return scale_fJ_[weight] * entries_[std::size_t{weight} << 16 | std::size_t{from} << 8 | to];
  }
  /// One unit of a weight's entries.
  double scale_fJ(std::uint8_t weight) const { return scale_fJ_[weight]; }
  /// [weight][from][to], in units of scale_fJ(weight): its greatest entry is 65535, so that rounding is
  /// below a part in 100,000 of that.
  const std::vector<std::uint16_t>& entries() const { return entries_; }
  friend bool operator==(const TransitionTable&, const TransitionTable&) = default;

 private:
  friend class TransitionTableMaker;
  std::array<double, 256> scale_fJ_{};
  std::vector<std::uint16_t> entries_;
};

/// Evaluates all 256 x 65,536 transitions on `threads` threads; 0 is all processors. The result does not
/// depend on their number.
TransitionTable transition_table(const Netlist& netlist, const CircuitCost& cost,
                                 const TimedSettings& settings = {}, unsigned threads = 0);

/// Where tables are kept: $XDG_CACHE_HOME/neartile, else ~/.cache/neartile; empty where neither is known.
std::filesystem::path default_cache_folder();

/// The same from a file in `folder`, named after the netlist, its costs and the settings; made and stored
/// where there is none. A damaged or foreign file is as good as none, a folder that cannot be written no
/// error; an empty folder means no cache.
TransitionTable cached_transition_table(const Netlist& netlist, const CircuitCost& cost,
                                        const TimedSettings& settings = {}, unsigned threads = 0,
                                        const std::filesystem::path& folder = default_cache_folder());

/// Mean timed energy, fJ, per operation of a stimulus that holds its weight: transitions in which the
/// weight changes are not in the table and are left out.
double held_energy_fJ_per_operation(const TransitionTable& table, std::span<const OperandPair> stimulus);

}  // namespace neartile::pe
