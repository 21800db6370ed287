#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "neartile/array/pe_registers.h"
#include "neartile/array/stimulus.h"
#include "neartile/pe/pe_type.h"
#include "neartile/traces/activity.h"

namespace neartile::array {

/// What a register or net holds from a cycle on. A change at cycle t is on the edge that ends cycle t - 1.
struct Change {
  std::uint64_t cycle = 0;
  std::uint32_t value = 0;
  friend bool operator==(const Change&, const Change&) = default;
};

/// A register or net over time: its value at cycle 0, then each change, cycles ascending.
using Wave = std::vector<Change>;

/// All that one PE holds over time, in cycles of the clock: docs/reference/pe.md names its registers.
struct PeWaves {
  Wave a, s, v, e, l, b, w0, w1;
  Wave p;  ///< the accumulator's bits; those above are 0
  Wave f;  ///< the product net, 16 bits
};

/// The waves of PE(row, column) under a stimulus that begins at reset; exact. Time grows with the tiles'
/// vectors times `row`. Throws std::invalid_argument for invalid stimuli.
PeWaves pe_waves(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                 std::size_t row, std::size_t column);

/// The waves of all PEs, column by column from the top: quicker than one by one, as a column's sums are
/// carried down. `visit` gets row, column and waves.
using VisitPe = std::function<void(std::size_t, std::size_t, const PeWaves&)>;
void for_each_pe(const ArrayConfig& config, const pe::PeType& type, const ArrayStimulus& stimulus,
                 const VisitPe& visit);

/// Activity of the low `bits` bits of a wave in cycles from .. to - 1: changes at `from` count, those at `to`
/// belong to the next window. Bit 0 first.
std::vector<traces::BitActivity> bit_activity(const Wave& wave, unsigned bits, std::uint64_t from,
                                              std::uint64_t to);

/// Activity of one register or net of a PE: the bits that are built, lowest first.
struct RegisterActivity {
  PeRegister net;
  std::vector<traces::BitActivity> bits;
};

/// Activity of all that pe_registers() lists, in that order, in cycles from .. to - 1.
std::vector<RegisterActivity> pe_activity(const pe::PeType& type, const PeWaves& waves, std::uint64_t from,
                                          std::uint64_t to);

/// The wave of a register of pe_registers(); its bit 0 is bit 0 of the declaration.
const Wave& wave_of(const PeWaves& waves, const PeRegister& net);

}  // namespace neartile::array
